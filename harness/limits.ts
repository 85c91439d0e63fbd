/**
 * What code under test may cost the harness, in time and in bytes. Each is far above what honest gateways need; past it nothing was
 * learned, which is an error (exit 3) and never a verdict on the gateway. How long single answers are waited for stands with those who
 * wait: `gateway/ready.ts` (boots), `gateway/operator.ts` (calls), `client/handshake.ts`, `play/scene.ts` (the log).
 */

const KIB = 1024;
const MIB = 1024 * KIB;
const MINUTE = 60_000;

/**
 * One step, beyond the seconds that it declares itself, without its time in a queue. The longest honest one would be a knock on
 * 2026.4.20 while a browser opens its page: three calls one after the other, each of which was seen to take two minutes.
 */
export const STEP_MS = 15 * MINUTE;

/** A program in a container that only reads or removes files. It took 0.25 s on 2 cores that did much else. */
export const FILE_PROGRAM_MS = 30_000;
/** After its own time is up, a command gets so long to end before it is killed, and the engine so long to say so. */
export const KILL_SECONDS = 5;
/** A browser opens and closes a page at once. One that does not is removed with its container. */
export const CLOSE_PAGE_MS = 10_000;
/** What is read on a page is waited for this long beyond the seconds that the page is given to come to rest. */
export const READ_PAGE_MS = 30_000;

/**
 * A whole run, from the first image to the last verdict: the catalogue of 127 scenarios takes 4 to 10 min on 2 cores, and an image
 * that is not there yet 1 to 3 min.
 */
export function runDeadlineMs(scenarios: number, gateways: number, tableKnocks: number): number {
  const perGateway = 30 * MINUTE + scenarios * 0.5 * MINUTE + tableKnocks * 15_000;
  return 30 * MINUTE + gateways * perGateway;
}

/** What a program in a container prints, each of its two outputs. Checks of 2026.4.1 keep 418 characters of a command at most. */
export const OUTPUT_BYTES = MIB;
/** The answer to a call, as JSON. The longest frame seen from 2026.4.1 has 120 KB, sent to its own page. */
export const PAYLOAD_BYTES = 2 * MIB;
/** What is read on a page. The gateway's own page has 30,000 characters once it is admitted. */
export const PAGE_CHARACTERS = 64 * KIB;

/** The texts of one transcript, together. The longest of 404 checks of 2026.4.1 has 35,000. */
export const TRANSCRIPT_CHARACTERS = 96 * KIB;
/** The log of one container, on disk and in the engine. The table in 600 knocks makes 2026.4.1 write 5.3 MB. */
export const LOG_BYTES = 64 * MIB;
/** The lines of one log that are kept in memory, together. */
export const LOG_CHARACTERS = 16 * MIB;

/** A single text in a report, such as a command's output or what is read on a page. */
export const REPORT_TEXT_CHARACTERS = PAGE_CHARACTERS;
/** What one check or one look keeps in a report, as JSON: beyond it, its transcript and then its log lines go. 54 KB were seen. */
export const REPORT_CHECK_BYTES = 256 * KIB;
/** All checks and looks of a report, as JSON. Node makes no text of more than 512 MB; the table in 600 knocks takes 13 MB. */
export const REPORT_BYTES = 192 * MIB;

/** The home of a gateway, a volume in memory. Homes of 2026.9.6 take 3 MB, and 60 MB where it copies its Control UI there. */
export const HOME_BYTES = 512 * MIB;
/** What a container may write outside its volumes, such as to /tmp: looked at every so often. 2026.9.6 writes 0.2 MB. */
export const LAYER_BYTES = 1024 * MIB;
export const LAYER_LOOK_MS = 5_000;
