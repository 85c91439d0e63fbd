import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../exit.ts';
import { TABLE_PROPERTIES, tableCheck } from '../pairwise/properties.ts';
import { buildOf } from '../results/build-of.ts';
import { countsOf } from '../results/counts.ts';
import { type Report, type ReportedShard, type Subject, surveyId } from '../results/report.ts';
import { count } from '../text/format.ts';

/** A report that was read, and the folder that it was read from. */
export type ReadReport = { folder: string; report: Report };

/** The report of one shard. */
export type ShardReport = ReadReport & { shard: ReportedShard };

type Suite = Report['run']['suite'];

const ONE_RUN =
  'Give the reports of one run: the same command on each machine, with the same --seed, and each --shard once.';
const AS_WRITTEN = 'Give the report folders as `postern` wrote them, or play the shard again.';

/** What the shards of one run have in common, with the words for it. */
const SHARED: readonly [what: string, of: (one: ShardReport) => unknown][] = [
  ['commit of Postern', ({ report }) => sayCommit(report.run.suite)],
  ['purpose', ({ report }) => report.run.purpose],
  ['seed', ({ report }) => report.run.seed],
  ['number of shards', ({ shard }) => shard.of],
  ['list of gateways', ({ shard }) => shard.gateways],
  ['selection of checks', ({ shard }) => shard.checks],
  ['decision table', ({ shard }) => shard.cells],
];

function sayCommit({ version, commit }: Suite): string {
  return `${version} (${commit ?? 'no commit'})`;
}

/** The fields that a gateway of one run has on every machine. */
function identityOf(subject: Subject): unknown {
  const { judgedAs, unknownCodes } = subject;
  return { ...buildOf(subject), judgedAs, unknownCodes };
}

/**
 * The reports as the shards of one run, in the order of their numbers, whatever order they are given in. `suite` is this Postern, which judges the
 * decision table again by its own lists.
 *
 * Throws UsageError if a report is not that of a shard, lacks what public output leaves out, or was changed after it was written; if they are not of
 * one run, of another Postern than this one, or about different gateways; and if a shard is missing or given twice. The reports are trusted input
 * otherwise: a person who can write them can write any verdict.
 */
export function shardSetOf(reports: readonly ReadReport[], suite: Suite): ShardReport[] {
  const shards = reports.map(asShard).sort((a, b) => a.shard.index - b.shard.index || (a.folder < b.folder ? -1 : 1));
  const [first] = shards;
  if (first === undefined) throw new UsageError('no report is given', ONE_RUN);
  for (const other of shards) requireOneRun(first, other);
  if (sayCommit(first.report.run.suite) !== sayCommit(suite))
    throw new UsageError(
      `Postern ${sayCommit(first.report.run.suite)} played the shards, and this is Postern ${sayCommit(suite)}`,
      'Merge them with the same checkout of Postern.',
    );
  requireEachOnce(shards, first.shard.of);
  requireSameGateways(shards);
  requireNothingTwice(shards);
  return shards;
}

/** The report of a shard. Throws UsageError for a report that is none, or that is not whole. */
function asShard({ folder, report }: ReadReport): ShardReport {
  const { shard } = report.run;
  if (shard === undefined) throw new UsageError(`${folder} is not the report of a shard`, ONE_RUN);
  if (report.withheld > 0)
    throw new UsageError(
      `${folder} lacks ${count(report.withheld, 'finding or check', 'findings and checks')} that public output leaves out`,
      'Play the shards with --disclosure full, keep their folders where only maintainers can read them, and give --disclosure here.',
    );
  const counts = countsOf(report.checks.map(({ verdict }) => verdict));
  const strange =
    report.checks.find(({ id, gateway }) => !shard.checks.includes(id) || !shard.gateways.includes(gateway)) ??
    report.table.find(({ id, gateway }) => !shard.cells.includes(id) || !shard.gateways.includes(gateway));
  if (!isDeepStrictEqual(counts, report.counts) || strange !== undefined || shard.index < 1 || shard.index > shard.of)
    throw new UsageError(
      `${folder} was changed after it was written: ${strange === undefined ? 'its counts are not those of its checks' : `${strange.id} is not in its run`}`,
      AS_WRITTEN,
    );
  return { folder, report, shard };
}

function requireOneRun(first: ShardReport, other: ShardReport): void {
  for (const [what, of] of SHARED) {
    const [one, two] = [of(first), of(other)];
    if (isDeepStrictEqual(one, two)) continue;
    const both = Array.isArray(one) ? '' : ` (${one} and ${two})`;
    throw new UsageError(`${first.folder} and ${other.folder} have not the same ${what}${both}`, ONE_RUN);
  }
}

function requireEachOnce(shards: readonly ShardReport[], of: number): void {
  const numbers = Array.from({ length: of }, (_, place) => place + 1);
  const byNumber = Map.groupBy(shards, ({ shard }) => shard.index);
  for (const [index, [one, two]] of byNumber)
    if (one !== undefined && two !== undefined)
      throw new UsageError(`${one.folder} and ${two.folder} are both shard ${index}/${of}`, 'Give each shard once.');
  const missing = numbers.filter((index) => !byNumber.has(index)).map((index) => `${index}/${of}`);
  if (missing.length > 0)
    throw new UsageError(
      `the report of shard ${missing.join(', ')} is missing`,
      'Give the reports of all shards. One that was lost is played again with its --shard and the same --seed.',
    );
}

function requireSameGateways(shards: readonly ShardReport[]): void {
  const first = new Map<string, { folder: string; subject: Subject }>();
  for (const { folder, report } of shards)
    for (const subject of report.subjects) {
      const other = first.get(subject.reference);
      if (other === undefined) first.set(subject.reference, { folder, subject });
      else if (!isDeepStrictEqual(identityOf(other.subject), identityOf(subject)))
        throw new UsageError(
          `${other.folder} and ${folder} played different gateways as ${subject.reference}: ${sayImage(other.subject)}, and ${sayImage(subject)}`,
          'Give each shard the same package or release, and the same base image (POSTERN_BASE).',
        );
    }
}

function sayImage({ version, image, digest, source }: Subject): string {
  return `${version} in ${image}${source === 'image' ? ` (${digest})` : ''}`;
}

/** Throws UsageError if two shards have the same check or cell. The properties of the table are judged in every shard, on its own cells. */
function requireNothingTwice(shards: readonly ShardReport[]): void {
  const properties = new Set(TABLE_PROPERTIES.map(({ id }) => tableCheck(id)));
  const owner = new Map<string, string>();
  for (const { folder, report } of shards) {
    const checks = report.checks.filter(({ id }) => !properties.has(id));
    const surveys = (report.surveys ?? []).map(({ gateway, survey }) => ({ gateway, id: surveyId(survey) }));
    for (const { gateway, id } of [...checks, ...report.table, ...surveys]) {
      const key = JSON.stringify([gateway, id]);
      const other = owner.get(key);
      if (other !== undefined)
        throw new UsageError(`${other} and ${folder} both have ${id} on ${gateway}, which one shard plays`, AS_WRITTEN);
      owner.set(key, folder);
    }
  }
}
