import { patienceIn } from './patience.ts';

/**
 * The limits of the harness: waits, polling intervals, sizes, and parallelism. Each is far above what an honest gateway needs. If a wait or
 * a size is exceeded, nothing is known, which is an error (exit 3) or "not testable", and never a verdict on the gateway.
 *
 * On a slow machine POSTERN_PATIENCE=2 doubles every wait. It does not change sizes, times by which a gateway decides (how long a client
 * may take to answer, how long a request lives), and the seconds that a scenario names, which are part of the scenario.
 */

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

const PATIENCE = patienceIn(process.env);

/** A wait in milliseconds, multiplied by POSTERN_PATIENCE. */
export const waitOnThisMachine = (ms: number): number => Math.round(ms * PATIENCE);

const wait = waitOnThisMachine;

/** A wait in whole seconds or minutes, multiplied by POSTERN_PATIENCE. */
const waitWhole = (amount: number): number => Math.ceil(amount * PATIENCE);

// --- Waits for a gateway, a client or a page ---

/** From the first byte of a knock to hello or close, in milliseconds. Gateways give a client 10 s or more (2026.3.12 and .13: 3 s). */
export const HANDSHAKE_MS = wait(15 * SECOND);
/** For the close frame after a refusal, in milliseconds. It comes at once. */
export const CLOSE_GRACE_MS = wait(3 * SECOND);
/** For the gateway to answer a close frame before the client drops the connection, in milliseconds. */
export const CLOSE_WAIT_MS = wait(2 * SECOND);
/**
 * For an answer to a call, in milliseconds. Answers come within milliseconds; measured on 2 cores that also boot another gateway: seconds.
 * 2026.5.2 answers no client for half a minute when its sessions are first listed. 2026.4.1 does the same when a browser opens its page,
 * and 2026.4.20 does for up to two minutes.
 */
export const CALL_MS = wait(180 * SECOND);
/** For an answer to a call of the rights matrix, in milliseconds. `usage.cost` of 2026.9.6 takes 6 s at its first call, on busy cores longer. */
export const RIGHTS_CALL_MS = wait(90 * SECOND);
/** The same after the gateway left a call of that caller without an answer, in milliseconds, so that a silent gateway takes minutes, not hours. */
export const RIGHTS_LATER_CALL_MS = wait(5 * SECOND);
/**
 * For the answer to a request of the table of routes, in milliseconds. Answers come within milliseconds; measured on 2 cores that also boot
 * other gateways: seconds.
 */
export const ROUTE_ANSWER_MS = wait(30 * SECOND);
/** For the first bytes on an upgraded connection, in milliseconds. The gateway sends its challenge at once; the canvas sends nothing. */
export const SOCKET_SPEAKS_MS = wait(3 * SECOND);
/** For a gateway to accept the result of a command that it sent to a client, in milliseconds. It accepts it at once, or it is gone. */
export const INVOKED_RESULT_MS = wait(10 * SECOND);
/**
 * For the fence to appear in the log, in milliseconds. Every release from 2026.2.17 to 2026.9.6 logs a closed connection within
 * milliseconds; measured on 2 cores that also boot another gateway: seconds.
 */
export const FENCE_MS = wait(45 * SECOND);
/** For a session to end that must end, in `postern model`, in seconds. Measured: milliseconds, and a second while another gateway boots. */
export const SESSION_ENDS_SECONDS = waitWhole(5);
/**
 * For one step, in addition to the seconds that it declares and to its time in a queue, in milliseconds. The longest honest step would be a
 * knock on 2026.4.20 while a browser opens its page: three calls in sequence, each measured at two minutes.
 */
export const STEP_MS = wait(15 * MINUTE);

/**
 * For a gateway to admit its operator after a boot, in milliseconds. 2026.2.17 takes up to 30 s, and twice that while another gateway
 * boots.
 */
export const READY_WITHIN_MS = wait(180 * SECOND);
/** For a gateway to stop before it is killed, in seconds. A killed 2026.9.6 blocks its home for minutes. */
export const STOP_SECONDS = waitWhole(20);
/** For a gateway to apply a changed config file, in milliseconds. It reads it within 3 s; a restart may wait until its work is done. */
export const RELOAD_MS = wait(MINUTE);

/** For a gateway that speaks TLS to show its certificate, in milliseconds. It shows it at once. */
export const CERTIFICATE_MS = wait(10 * SECOND);

/** For Chromium to start, in milliseconds. It takes 1 to 3 s, and 10 s while gateways boot. */
export const BROWSER_READY_MS = wait(MINUTE);
/** For a running browser to report its version, in milliseconds. It takes milliseconds, and seconds while gateways boot. */
export const BROWSER_ANSWER_MS = wait(30 * SECOND);
/**
 * For a loaded page that fetches nothing more to open a connection, in milliseconds. After that, the page counts as waiting for its user.
 */
export const PAGE_IDLE_MS = wait(5 * SECOND);
/** A page that has text and did not change for this long counts as complete, in milliseconds. */
export const PAGE_QUIET_MS = wait(500);
/** A page that keeps changing is read after this long, in milliseconds. */
export const PAGE_RESTLESS_MS = wait(6 * SECOND);
/** For reading the text of a page, in addition to the time for the page to stop changing, in milliseconds. */
export const READ_PAGE_MS = wait(30 * SECOND);
/** For a browser to open a page, in milliseconds. It does so at once; measured on 2 cores that also boot two gateways: more than 10 s. */
export const OPEN_PAGE_MS = wait(MINUTE);
/** For a browser to close a page, in milliseconds. It does so at once; a page that stays is removed with its container. */
export const CLOSE_PAGE_MS = wait(MINUTE);

// --- Waits for programs in containers, the engine and the network ---

/**
 * For the release's own `openclaw` command, in seconds. It takes 1 to 5 s, on a busy machine 20 s; some wait for a gateway that never
 * answers. On a host at half its speed with 20 processes waiting for two cores, `gateway probe` of 2026.9.6 took more than 90 s.
 */
export const COMMAND_SECONDS = waitWhole(180);
/** For a command past its time limit to end before it is killed, and for the engine to report that, in seconds. */
export const KILL_SECONDS = waitWhole(5);
/** For a program in a container that only reads or removes files, in milliseconds. Measured on 2 busy cores: 0.25 s. */
export const FILE_PROGRAM_MS = wait(30 * SECOND);
/** For the mock LLM to start, in milliseconds. It takes a second, less than the gateway. */
export const MODEL_READY_MS = wait(30 * SECOND);
/** For sealing a network namespace, which loads the rules and tests them, in milliseconds. Measured on 2 busy cores: 0.1 to 0.25 s. */
export const SEAL_MS = wait(30 * SECOND);
/** For the engine to finish its open requests after a run was interrupted, in milliseconds. It answers within seconds. */
export const SETTLE_MS = wait(30 * SECOND);

/** For the first progress of a pull, in milliseconds. A registry behind a silent firewall never shows any. */
export const PULL_PROGRESS_MS = wait(20 * SECOND);
/** For a whole pull, in milliseconds. */
export const PULL_MS = wait(5 * MINUTE);
/** For the npm registry to answer, in seconds. npm itself retries for minutes when a network drops packets. */
export const REGISTRY_SECONDS = waitWhole(60);
/** For npm to print its version, in seconds. It takes 0.3 s on two idle cores. */
export const NPM_VERSION_SECONDS = waitWhole(30);
/** For reading the openclaw version of an image, in milliseconds. */
export const IMAGE_CHECK_MS = wait(MINUTE);
/** For finding the error codes of a release in its files, in milliseconds. A search through 4,000 files takes a second. */
export const ERROR_CODES_MS = wait(MINUTE);
/** For finding the method tables of a release in its files, in milliseconds. Three searches through 4,000 files take some seconds. */
export const METHOD_TABLES_MS = wait(2 * MINUTE);
/** For finding the paths that a release answers in its files, in milliseconds. A search through 4,000 files takes some seconds. */
export const SHIPPED_PATHS_MS = wait(2 * MINUTE);
/** For packing a checkout, in milliseconds. */
export const PACK_MS = wait(180 * SECOND);
/** For making the tree of a Debian base, in milliseconds. */
export const BOOTSTRAP_MS = wait(5 * MINUTE);
/** For the build of an image, in minutes. The tree of a release takes 1 to 3 min, each other image less than one. */
export const BUILD_MINUTES = {
  tree: waitWhole(15),
  installScripts: waitWhole(8),
  fromDebian: waitWhole(6),
  debianBase: waitWhole(5),
  mutant: waitWhole(3),
} as const;

/**
 * For a whole run, from the first image to the last verdict, in milliseconds. The catalogue of 127 scenarios takes 4 to 10 min on 2 cores,
 * and each missing image 1 to 3 min.
 */
export function runDeadlineMs(scenarios: number, gateways: number, tableKnocks: number): number {
  const perGateway = 30 * MINUTE + scenarios * 0.5 * MINUTE + tableKnocks * 15 * SECOND;
  return wait(30 * MINUTE + gateways * perGateway);
}

// --- Polling intervals ---

/**
 * Until a booting gateway that refuses its operator, or is silent, is asked again, in milliseconds. If it logs, it is asked again at each
 * line.
 */
export const ASK_AGAIN_MS = 250;
/** Until the pairing list is read again for a request that must expire, in milliseconds. Requests live for minutes. */
export const LIST_AGAIN_MS = 2 * SECOND;
/** Until the size that containers have written outside their volumes is read again, in milliseconds. */
export const LAYER_LOOK_MS = 5 * SECOND;

// --- How much of a gateway, a command or a page is read ---

/** One frame, in bytes; a larger one ends the knock as unreadable. Sixteen times the largest hello-ok seen. */
export const FRAME_BYTES = 8 * MIB;
/** One frame before the answer to the challenge, in bytes. Challenges and refusals have a hundred. */
export const CHALLENGE_FRAME_BYTES = 64 * KIB;
/** Frames before hello. Gateways send a few events; a flood ends the knock. */
export const FRAMES_BEFORE_HELLO = 1_000;
/** The body of an HTTP answer in place of an upgrade, in bytes. */
export const REFUSAL_BODY_BYTES = 64 * KIB;
/** The body of an answer to a plain HTTP request, in bytes: enough for every refusal. Pages of the Control UI are cut. */
export const HTTP_BODY_BYTES = 64 * KIB;
/** The answer to a call, as JSON, in bytes. The longest frame observed from 2026.4.1, sent to its own page, has 120 KB. */
export const PAYLOAD_BYTES = 2 * MIB;
/**
 * The output of a program in a container, stdout and stderr each, in bytes. Checks of 2026.4.1 have at most 418 characters of a command.
 */
export const OUTPUT_BYTES = MIB;
/** The list of error codes of a release, in characters. It has 40 lines. */
export const ERROR_CODES_CHARACTERS = 64 * KIB;
/** The version report of a browser, in bytes. It has 400. */
export const BROWSER_ANSWER_BYTES = 16 * KIB;
/** One message of a browser, in bytes. The text of a page is the largest; pages of the gateway have a few kilobytes. */
export const BROWSER_MESSAGE_BYTES = 32 * MIB;
/** The text of a page, in characters. The gateway's own page has 30,000 after it was admitted. */
export const PAGE_CHARACTERS = 64 * KIB;

/** All texts of one transcript, in characters. The longest of 404 checks of 2026.4.1 has 35,000. */
export const TRANSCRIPT_CHARACTERS = 96 * KIB;
/**
 * One text of a transcript, in characters: hello-ok, and any other frame. hello-ok has a list of methods and a snapshot of the whole
 * gateway; its first kilobytes have all that matters for access. With whole frames, the report of 800 checks had 25 MB.
 */
export const HELLO_CHARACTERS = 6_000;
export const ENTRY_CHARACTERS = 1_500;
/** The number of entries kept from the beginning and the end of a transcript. A flood has any number of entries. */
export const FIRST_ENTRIES = 100;
export const LAST_ENTRIES = 100;

/** The log of one container, on disk and in the engine, in bytes. 2026.4.1 writes 5.3 MB during a table of 600 knocks. */
export const LOG_BYTES = 64 * MIB;
/** All lines of one log that are kept in memory, in characters. Older lines are in the file. */
export const LOG_CHARACTERS = 16 * MIB;
/** The number of lines of one log that are kept in memory. */
export const LOG_LINES = 20_000;
/** One line of a log, in characters. A line about access has a few hundred. */
export const LOG_LINE_CHARACTERS = 4_000;

/** A single text in a report, such as the output of a command or the text of a page, in characters. */
export const REPORT_TEXT_CHARACTERS = PAGE_CHARACTERS;
/** The evidence of one check or probe in a report, as JSON, in bytes; results/budget.ts cuts the rest. Measured: up to 54 KB. */
export const REPORT_CHECK_BYTES = 256 * KIB;
/** All checks and probes of a report, as JSON, in bytes. Node makes no text of more than 512 MB; a table of 600 knocks takes 13 MB. */
export const REPORT_BYTES = 192 * MIB;

// --- How much of the machine a container or a build takes ---

/** The home of a gateway, a volume in memory, in bytes. The home of 2026.9.6 takes 3 MB, or 60 MB if it copies its Control UI there. */
export const HOME_BYTES = 512 * MIB;
/** The size that a container may write outside its volumes, such as to /tmp, in bytes. 2026.9.6 writes 0.2 MB. */
export const LAYER_BYTES = 1024 * MIB;
/** The resources of a container; the build of a pull request is untrusted code. Measured: gateways need up to 1.1 GB while they boot. */
export const CONTAINER = { memoryGb: 3, cpus: 2, processes: 512 } as const;
/** The contents of a packed build. The largest published package has 20,000 files and 220 MB. */
export const ARCHIVE = { bytes: GIB, entries: 100_000 };
/** A package.json, in bytes. The largest published one has 150 kB. */
export const MANIFEST_BYTES = 4 * MIB;
/** The files of a checkout that are read. The sources and the build of openclaw need a tenth of this. */
export const CHECKOUT = { entries: 400_000, fileBytes: 512 * MIB, bytes: 4 * GIB };

// --- Parallelism, and the number of random knocks ---

/** Stages of a run that are up at once. A stage has up to six containers. This many stages fit in 8 GB; more would only wait for a boot. */
export const LIVE_STAGES = 6;
/** Gateways of a self-test that are up at once, each with one stage. */
export const SELFTEST_GATEWAYS = 2;
/**
 * Scenarios of one batch that are played on a stage at once. Their knocks queue, so more scenarios would only take longer each. Releases
 * from 2026.7 on forget a silently paired device after a minute if another device of its kind is paired.
 */
export const PARTS_AT_ONCE = 3;
/** Cells of the table that are played at once: enough to keep a gateway busy on one core. */
export const CELLS_AT_ONCE = 3;
/** Callers of the rights matrix that make calls at once, and calls of each that wait for an answer at once: enough to keep two cores busy. */
export const CALLERS_AT_ONCE = 4;
export const CALLS_IN_FLIGHT = 8;
/** Knocks at one configuration of the access settings that are made at once: enough to keep two cores busy. */
export const KNOCKS_AT_ONCE = 4;
/** Requests of the table of routes that wait for an answer at once: enough to keep two cores busy. */
export const REQUESTS_AT_ONCE = 8;
/** Random knocks that `postern run` adds to a table of each size. */
export const FUZZED_KNOCKS = { quick: 60, full: 1_000 } as const;
/** Random knocks of a gate on each of its two gateways. */
export const GATE_FUZZED_KNOCKS = 40;
/** Operations in one sequence of `postern model`, at most. About half of them are possible when it is their turn, and are carried out. */
export const COMMANDS_IN_A_RUN = 50;
