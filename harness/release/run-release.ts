import { isDeepStrictEqual } from 'node:util';
import { type Known, readKnown } from '../compare/compare-reports.ts';
import { runGate } from '../compare/gate.ts';
import { EnvironmentError, type ExitCode, UsageError } from '../exit.ts';
import { loadDeviations } from '../judge/deviation.ts';
import { declaredChecks } from '../pairwise/declared.ts';
import { setStepOutputs } from '../report/ci/step-outputs.ts';
import { printRelease } from '../report/release/release-terminal.ts';
import type { Output } from '../report/terminal/output.ts';
import { buildOf } from '../results/build-of.ts';
import type { Disclosure } from '../results/disclosure.ts';
import { openReportFolder } from '../results/folder.ts';
import type { Subject } from '../results/report.ts';
import { ROOT } from '../root.ts';
import { type ChosenProfile, PROFILES } from '../scenario/catalogue/profile.ts';
import { NPM_RELEASES } from '../scenario/releases/npm-releases.ts';
import { releaseBefore } from '../scenario/releases/upgrade-baselines.ts';
import { newRunId } from '../suite/run-record.ts';
import { posternCommit, posternVersion } from '../version.ts';
import { tarballOf, versionOfCandidate } from './candidate.ts';
import { declaredIn } from './declared.ts';
import type { PlayedGate } from './evidence.ts';
import { judgeRelease } from './judge-release.ts';
import { loadPolicy, POLICY_FILE } from './policy.ts';
import { gateOf, readGate } from './read-gate.ts';
import { writeRelease } from './write-release.ts';

/** A gate of the candidate to play: against which gateway (null for the release before it), and in which order. */
type GateToPlay = { previous: string | null; seed: number };

/** The profile of a gate that a release is decided by: with any other, something is not run. */
const PROFILE: ChosenProfile = { name: 'release', changedPaths: null };

export type ReleaseRequest = {
  candidate: string;
  /** The report folders of finished gates, or the gate to play. */
  from: { kind: 'reports'; folders: readonly string[] } | ({ kind: 'play' } & GateToPlay);
  /** The folder of scenarios of the user, in addition to those below `scenarios/`; null for none. */
  ownScenarios: string | null;
  disclosure: Disclosure;
  /** The folder in which report folders are made. */
  reports: string;
  command: string;
  out: Output;
};

/**
 * Decides whether a candidate can be released: plays a gate against the release before it, or reads gates that were played, and judges them by
 * scenarios/release-policy.yaml. Writes release.html, release.md, release.json, release.intoto.json, and beta-blocker.md for a beta that is held, into
 * the report folder of the gate, or into a new one.
 *
 * Gives exit 0 only for SHIP. Throws UsageError if lists or reports cannot be read, or are about another candidate, and EnvironmentError if files
 * cannot be written.
 */
export async function runRelease(request: ReleaseRequest): Promise<ExitCode> {
  const { candidate, disclosure, out } = request;
  const known = readKnown(ROOT, request.ownScenarios);
  const ids = declaredChecks(known.scenarios);
  const { policy, sha256 } = loadPolicy(ROOT, ids);
  const deviations = loadDeviations(ROOT, ids);
  const today = new Date().toISOString().slice(0, 10);
  const { gates, folder: played } = await gatesOf(request, known, today);
  const subject = subjectOf(gates, candidate);
  const judged = judgeRelease({
    candidate: subject,
    tarball: await tarballOf(candidate),
    gates,
    declared: declaredIn(known.scenarios),
    published: NPM_RELEASES,
    tolerated: { deviations, accepted: known.accepted },
    policy,
    about: { file: POLICY_FILE, sha256 },
    suite: { version: posternVersion(), commit: posternCommit() },
    today,
  });
  const shown = disclosure === 'public' ? judged.shown : judged.whole;
  const folder = played ?? openReportFolder(request.reports, `${newRunId()}-release`);
  const written = writeRelease(folder, shown, judged.shown);
  out.say(printRelease(shown).trimEnd());
  for (const file of written) out.say(`Wrote ${file}.`);
  const failure = setStepOutputs({ report: folder }, process.env);
  if (failure !== null) out.complain(failure);
  return judged.whole.exitCode;
}

/** The gates to judge, played now or read, and the report folder of one that is played now; null for gates that are read. */
async function gatesOf(
  request: ReleaseRequest,
  known: Known,
  today: string,
): Promise<{ gates: PlayedGate[]; folder: string | null }> {
  const { from, candidate, reports, out } = request;
  if (from.kind === 'reports') {
    return { gates: from.folders.map((folder) => readGate(folder, known, today)), folder: null };
  }
  const base = from.previous ?? releaseBefore(await versionOfCandidate(candidate), NPM_RELEASES);
  if (base === null)
    throw new UsageError(
      `no release was published before ${candidate}`,
      'Give the gateway to compare it with, with --previous.',
    );
  const { ownScenarios, disclosure, command } = request;
  const selection = { only: [], classes: [], tags: [], profile: PROFILE };
  const played = await runGate({
    base: { kind: 'gateway', reference: base },
    head: candidate,
    surveys: true,
    table: PROFILES[PROFILE.name].table,
    seed: from.seed,
    shard: null,
    selection,
    ownScenarios,
    disclosure,
    reports,
    command,
    out,
  });
  if (played.report.subjects.length < 2)
    throw new EnvironmentError('one of the two gateways was never played', 'Read the problems above; they say why.');
  return { gates: [gateOf(played.report, played.folder, known, today)], folder: played.folder };
}

/**
 * The candidate of all gates. Throws UsageError if one of them is about another gateway, or about another image of the same reference: their results
 * would not belong together.
 */
export function subjectOf(gates: readonly PlayedGate[], candidate: string): Subject {
  const [first, ...others] = gates.map(({ compared }) => compared.head);
  if (first === undefined)
    throw new UsageError('no gate is given', 'Give the report folder of each gate with --report.');
  const other = [first, ...others].find(({ reference }) => reference !== candidate);
  if (other !== undefined)
    throw new UsageError(
      `a report is about ${other.reference}, and --candidate is ${candidate}`,
      'Give only gates whose head is the candidate, written in the same way.',
    );
  const changed = others.find((each) => !isDeepStrictEqual(buildOf(each), buildOf(first)));
  if (changed !== undefined)
    throw new UsageError(
      `${candidate} is ${first.version} with image ${sayImage(first)} in one report, and ${changed.version} with image ${sayImage(changed)} in another`,
      'Play the gates again with one build, and with the same Postern and base image on each machine.',
    );
  return first;
}

const sayImage = ({ source, image, base, digest }: Subject): string =>
  source === 'image' ? digest : `${image} on ${base}`;
