import { patienceIn } from './patience.ts';

/**
 * How long the harness waits, how often it looks, how much it takes in, and how much it does at once. Each is far above what honest gateways
 * need; past a wait or a size nothing was learned, which is an error (exit 3) or "not testable", and never a verdict on the gateway.
 *
 * On a slow machine POSTERN_PATIENCE=2 doubles every wait. It changes no size, nothing that a gateway decides by the clock (how long it gives
 * a client to answer, how long a request lives), and no seconds that a scenario names: those are part of what is played.
 */

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

const PATIENCE = patienceIn(process.env);

/** A wait in milliseconds, as long as it is on this machine. */
export const waitOnThisMachine = (ms: number): number => Math.round(ms * PATIENCE);

const wait = waitOnThisMachine;

/** A wait in whole seconds or minutes, on this machine. */
const waitWhole = (amount: number): number => Math.ceil(amount * PATIENCE);

// --- Waits for a gateway, a client or a page ---

/** From the first byte of a knock to hello or close, in milliseconds. Gateways give a client 10 s or more (3 s on 2026.3.12 and .13). */
export const HANDSHAKE_MS = wait(15 * SECOND);
/** For the close frame of a gateway that has said no, in milliseconds. It comes at once. */
export const CLOSE_GRACE_MS = wait(3 * SECOND);
/** For a peer to answer a close frame before it is cut off, in milliseconds. */
export const CLOSE_WAIT_MS = wait(2 * SECOND);
/**
 * For an answer to a call, in milliseconds. Answers come within milliseconds; on 2 cores that also boot another gateway, seconds were seen.
 * 2026.5.2 answers nobody for half a minute when its sessions are first listed. 2026.4.1 does when a browser opens its page, and 2026.4.20
 * for up to two minutes.
 */
export const CALL_MS = wait(180 * SECOND);
/** For a gateway to take the result of what it had a client do, in milliseconds. It takes it at once, or is gone. */
export const INVOKED_RESULT_MS = wait(10 * SECOND);
/**
 * For the log to have caught up with what happened, in milliseconds. A closed connection is logged within milliseconds, on every release from
 * 2026.2.17 to 2026.9.6; on 2 cores that also boot another gateway, seconds were seen.
 */
export const FENCE_MS = wait(45 * SECOND);
/** For a session to end that must end, in a search of orders, in seconds: within milliseconds, and a second beside another boot. */
export const SESSION_ENDS_SECONDS = waitWhole(5);
/**
 * For one step, beyond the seconds that it declares itself and without its time in a queue, in milliseconds. The longest honest one would be a
 * knock on 2026.4.20 while a browser opens its page: three calls one after the other, each of which was seen to take two minutes.
 */
export const STEP_MS = wait(15 * MINUTE);

/** For a gateway to admit its operator after a boot, in milliseconds. 2026.2.17 takes up to 30 s alone, and twice that beside another boot. */
export const READY_WITHIN_MS = wait(180 * SECOND);
/** For a gateway to stop before it is killed, in seconds: a killed 2026.9.6 blocks its home for minutes. */
export const STOP_SECONDS = waitWhole(20);
/** For a gateway to go by a config that was changed beneath it, in milliseconds: it looks within 3 s, and a restart may wait until work is done. */
export const RELOAD_MS = wait(MINUTE);

/** For Chromium to come up, in milliseconds: one to three seconds, and ten beside booting gateways. */
export const BROWSER_READY_MS = wait(MINUTE);
/** For a browser that is up to say what it is, in milliseconds: within milliseconds, and seconds beside booting gateways. */
export const BROWSER_ANSWER_MS = wait(30 * SECOND);
/** For a page that was loaded to open a connection before it is taken to wait for the person, in milliseconds. */
export const PAGE_IDLE_MS = wait(5 * SECOND);
/** A page that shows something, and has not changed for this long, has said what it has to say, in milliseconds. */
export const PAGE_QUIET_MS = wait(500);
/** A page that never rests is read after this long, in milliseconds. */
export const PAGE_RESTLESS_MS = wait(6 * SECOND);
/** For reading what stands on a page, beyond the seconds that the page is given to come to rest, in milliseconds. */
export const READ_PAGE_MS = wait(30 * SECOND);
/** For a browser to open or close a page, in milliseconds. It does so at once; one that does not is removed with its container. */
export const CLOSE_PAGE_MS = wait(10 * SECOND);

// --- Waits for programs in containers, the engine and the network ---

/** For the real `openclaw` command, in seconds. It takes 1 to 5 s, on a busy machine 20 s; some wait for a gateway that never answers. */
export const COMMAND_SECONDS = waitWhole(90);
/** For a command whose time is up to end before it is killed, and for the engine to say so, in seconds. */
export const KILL_SECONDS = waitWhole(5);
/** For a program in a container that only reads or removes files, in milliseconds. It took 0.25 s on 2 cores that did much else. */
export const FILE_PROGRAM_MS = wait(30 * SECOND);
/** For the mock model to start, in milliseconds. It takes a second; the gateway needs longer. */
export const MODEL_READY_MS = wait(30 * SECOND);
/** For sealing a network namespace: loading the rules and trying them, in milliseconds. It took 0.1 to 0.25 s on 2 busy cores. */
export const SEAL_MS = wait(30 * SECOND);
/** For the engine to finish what it was asked before a run was interrupted, in milliseconds. It answers within seconds. */
export const SETTLE_MS = wait(30 * SECOND);

/** For the first progress of a pull, in milliseconds. A registry behind a silent firewall never shows any. */
export const PULL_PROGRESS_MS = wait(20 * SECOND);
/** For a whole pull, in milliseconds. */
export const PULL_MS = wait(5 * MINUTE);
/** For the npm registry to answer, in seconds. npm itself retries for minutes when a network drops packets. */
export const REGISTRY_SECONDS = waitWhole(60);
/** For an image to say which openclaw it has, in milliseconds. */
export const IMAGE_CHECK_MS = wait(MINUTE);
/** For the error codes of a release to be found in its files, in milliseconds. A search through 4,000 files takes a second. */
export const ERROR_CODES_MS = wait(MINUTE);
/** For packing a checkout, in milliseconds. */
export const PACK_MS = wait(180 * SECOND);
/** For making the tree of a Debian base, in milliseconds. */
export const BOOTSTRAP_MS = wait(5 * MINUTE);
/** For the build of an image, in minutes: the tree of a release takes 1 to 3, all others less than one. */
export const BUILD_MINUTES = {
  tree: waitWhole(15),
  installScripts: waitWhole(8),
  fromDebian: waitWhole(6),
  debianBase: waitWhole(5),
  mutant: waitWhole(3),
} as const;

/**
 * For a whole run, from the first image to the last verdict, in milliseconds. The catalogue of 127 scenarios takes 4 to 10 min on 2 cores, and
 * an image that is not there yet 1 to 3 min.
 */
export function runDeadlineMs(scenarios: number, gateways: number, tableKnocks: number): number {
  const perGateway = 30 * MINUTE + scenarios * 0.5 * MINUTE + tableKnocks * 15 * SECOND;
  return wait(30 * MINUTE + gateways * perGateway);
}

// --- How often something is looked at ---

/** A gateway that turns its operator away is asked again after this long, in milliseconds, and a silent one; one that logs at each line. */
export const ASK_AGAIN_MS = 250;
/** The pairing list is read again after this long for a request that is to expire, in milliseconds: requests live for minutes. */
export const LIST_AGAIN_MS = 2 * SECOND;
/** What containers write outside their volumes is looked at this often, in milliseconds. */
export const LAYER_LOOK_MS = 5 * SECOND;

// --- How much of a gateway, a command or a page is taken in ---

/** One frame, in bytes; a larger one ends the knock as unreadable. Sixteen times the largest hello-ok seen. */
export const FRAME_BYTES = 8 * MIB;
/** One frame ahead of the answer to the challenge, in bytes. Challenges take a hundred, and so do refusals. */
export const CHALLENGE_FRAME_BYTES = 64 * KIB;
/** Frames ahead of hello. Gateways send a handful of events; a flood is cut off. */
export const FRAMES_BEFORE_HELLO = 1_000;
/** The body of an HTTP answer in place of an upgrade, in bytes. */
export const REFUSAL_BODY_BYTES = 64 * KIB;
/** The body of an answer to a plain HTTP request, in bytes: enough for every refusal. Pages of the Control UI are cut. */
export const HTTP_BODY_BYTES = 64 * KIB;
/** The answer to a call, as JSON, in bytes. The longest frame seen from 2026.4.1 has 120 KB, sent to its own page. */
export const PAYLOAD_BYTES = 2 * MIB;
/** What a program in a container prints, each of its two outputs, in bytes. Checks of 2026.4.1 keep 418 characters of a command at most. */
export const OUTPUT_BYTES = MIB;
/** What is printed of the error codes of a release, in bytes. The table is 40 lines long. */
export const ERROR_CODES_BYTES = 64 * KIB;
/** What a browser says of itself, in bytes. It takes 400. */
export const BROWSER_ANSWER_BYTES = 16 * KIB;
/** One message of a browser, in bytes. A page's own text is the largest; pages of the gateway have a few kilobytes. */
export const BROWSER_MESSAGE_BYTES = 32 * MIB;
/** What is read on a page, in characters. The gateway's own page has 30,000 once it is admitted. */
export const PAGE_CHARACTERS = 64 * KIB;

/** The texts of one transcript, together, in characters. The longest of 404 checks of 2026.4.1 has 35,000. */
export const TRANSCRIPT_CHARACTERS = 96 * KIB;
/**
 * One text of a transcript, in characters. hello-ok carries a list of methods and a snapshot of the whole gateway: what matters for access stands
 * in its first kilobytes. Of other frames the first ones are enough; a catalogue of 800 checks made a report of 25 MB out of all of them.
 */
export const HELLO_CHARACTERS = 6_000;
export const ENTRY_CHARACTERS = 1_500;
/** Entries of a transcript that are kept, at its beginning and at its end: a flood has entries without end. */
export const FIRST_ENTRIES = 100;
export const LAST_ENTRIES = 100;

/** The log of one container, on disk and in the engine, in bytes. The table in 600 knocks makes 2026.4.1 write 5.3 MB. */
export const LOG_BYTES = 64 * MIB;
/** The lines of one log that are kept in memory, together, in characters; what is older is in the file. */
export const LOG_CHARACTERS = 16 * MIB;
/** The lines of one log that are kept in memory. */
export const LOG_LINES = 20_000;
/** One line of a log, in characters. A line about access has a few hundred. */
export const LOG_LINE_CHARACTERS = 4_000;

/** A single text in a report, such as a command's output or what is read on a page, in characters. */
export const REPORT_TEXT_CHARACTERS = PAGE_CHARACTERS;
/** What one check or one look keeps in a report, as JSON, in bytes: beyond it, its transcript and then its log lines go. 54 KB were seen. */
export const REPORT_CHECK_BYTES = 256 * KIB;
/** All checks and looks of a report, as JSON, in bytes. Node makes no text of more than 512 MB; the table in 600 knocks takes 13 MB. */
export const REPORT_BYTES = 192 * MIB;

// --- How much of the machine a container or a build takes ---

/** The home of a gateway, a volume in memory, in bytes. Homes of 2026.9.6 take 3 MB, and 60 MB where it copies its Control UI there. */
export const HOME_BYTES = 512 * MIB;
/** What a container may write outside its volumes, such as to /tmp, in bytes. 2026.9.6 writes 0.2 MB. */
export const LAYER_BYTES = 1024 * MIB;
/** What a container may use; a PR build is untrusted code. Gateways were seen to need up to 1.1 GB while they boot. */
export const CONTAINER = { memoryGb: 3, cpus: 2, processes: 512 } as const;
/** What a packed build may hold. The largest that was published has 20,000 files and 220 MB. */
export const ARCHIVE = { bytes: GIB, entries: 100_000 };
/** A package.json, in bytes. The largest that was published has 150 kB. */
export const MANIFEST_BYTES = 4 * MIB;
/** What of a checkout is read: the sources of openclaw and what is built from them take a tenth. */
export const CHECKOUT = { entries: 400_000, fileBytes: 512 * MIB, bytes: 4 * GIB };

// --- How much is done at once, and how much is made up ---

/** Stages of a run that are up at once. A stage is up to six containers; this many fit in 8 GB, and more would only wait for a boot. */
export const LIVE_STAGES = 6;
/** Gateways of a self-test that are up at once, each with one stage. */
export const SELFTEST_GATEWAYS = 2;
/**
 * Scenarios of one batch that play side by side on a stage. Their knocks queue, so more would only draw each of them out; and a release of
 * 2026.7 or later forgets a silently paired device after a minute when another of its kind is paired.
 */
export const PARTS_AT_ONCE = 3;
/** Cells of the table that are under way at once: enough to keep a gateway busy on one core. */
export const CELLS_AT_ONCE = 3;
/** Knocks that a gate makes up on each of its two gateways. */
export const GATE_MADE_UP = 40;
/** Commands in one run of a search of orders, at most; of each two, one makes sense when it is its turn, and is carried out. */
export const COMMANDS_IN_A_RUN = 50;
