import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { type Observation, observationSchema } from '../scenario/schema/observation.ts';
import { parseJson } from '../text/json.ts';
import { type CheckResult, checkSchema, mapLooks, REPORT_SCHEMA_VERSION, type Report } from './report.ts';

/** The file beside report.json with what fills a report and is rarely read. */
export const TRANSCRIPTS_FILE = 'transcripts.json.gz';

/** The parts of a check or probe that the file has whole. */
type Evidence = Pick<CheckResult, 'observation' | 'transcript' | 'logLines' | 'pairingList'>;

const transcriptsSchema = z.strictObject({
  schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
  /** The id of the run. */
  run: z.string(),
  /** Evidence by the id of the check, or `table/<cell>/<probe>` with `/second` for a second observation, on each gateway. */
  evidence: z.array(
    z.strictObject({
      gateway: z.string(),
      id: z.string(),
      observation: observationSchema.nullable(),
      transcript: checkSchema.shape.transcript,
      logLines: checkSchema.shape.logLines,
      pairingList: checkSchema.shape.pairingList,
    }),
  ),
});
type Transcripts = z.infer<typeof transcriptsSchema>;

/** An observation without the texts of the gateway and of commands; what was decided stays. */
function withoutTexts(observation: Observation): Observation {
  if (observation.notCarriedOut !== undefined || observation.environmentFailed !== undefined) return observation;
  const { outcome, audit, command, http, page } = observation;
  return {
    ...observation,
    ...(outcome?.kind === 'refused' ? { outcome: { ...outcome, text: '' } } : {}),
    ...(audit === undefined ? {} : { audit: audit.map(({ event }) => ({ event, line: '' })) }),
    ...(command === undefined ? {} : { command: { ...command, stdout: '', stderr: '' } }),
    ...(http === undefined ? {} : { http: { ...http, body: '' } }),
    ...(page === undefined ? {} : { page: { ...page, text: '' } }),
  };
}

/** The id of a probe in the file; `time` is empty for the first observation of its cell. */
const idOfProbe = (cell: string, look: string, time: '' | '/second'): string => `table/${cell}/${look}${time}`;

/** The report with the evidence of each check and probe replaced; `replace` gets its gateway and id, and whether it is one that does not hold. */
function mapEvidence(
  report: Report,
  replace: <T extends Evidence>(seen: T, gateway: string, id: string, isRed: boolean) => T,
): Report {
  return {
    ...report,
    checks: report.checks.map((check) => replace(check, check.gateway, check.id, !check.holds)),
    table: report.table.map((cell) =>
      mapLooks(cell, (look, time) => replace(look, cell.gateway, idOfProbe(cell.id, look.look, time), false)),
    ),
  };
}

/**
 * Splits a report into what report.json has and what the compressed file beside it has: transcripts, log lines, pairing lists, and texts in observations of probes
 * and of checks that hold. The report names the file, and its SHA-256.
 */
export function splitTranscripts(report: Report): { report: Report; file: Buffer } {
  const evidence: Transcripts['evidence'] = [];
  const slim = mapEvidence(report, (seen, gateway, id, isRed) => {
    const { observation, transcript, logLines, pairingList } = seen;
    if (isRed) return seen;
    evidence.push({ gateway, id, observation, transcript, logLines, pairingList });
    return {
      ...seen,
      observation: observation === null ? null : withoutTexts(observation),
      transcript: null,
      logLines: [],
      pairingList: null,
    };
  });
  const transcripts: Transcripts = { schemaVersion: REPORT_SCHEMA_VERSION, run: report.run.id, evidence };
  const file = gzipSync(JSON.stringify(transcripts));
  return { report: { ...slim, transcripts: { file: TRANSCRIPTS_FILE, sha256: sha256Of(file) } }, file };
}

/** The report with the evidence of its compressed file. Throws Error if the file is not that of the report. */
export function joinTranscripts(report: Report, file: Buffer): Report {
  if (sha256Of(file) !== report.transcripts?.sha256) throw new Error('its SHA-256 is not the one in report.json');
  const { run, evidence } = transcriptsSchema.parse(parseJson(gunzipSync(file).toString()));
  if (run !== report.run.id) throw new Error(`it is of the run ${run}`);
  const kept = new Map(evidence.map((each) => [JSON.stringify([each.gateway, each.id]), each]));
  const whole = mapEvidence(report, (seen, gateway, id) => {
    const found = kept.get(JSON.stringify([gateway, id]));
    if (found === undefined) return seen;
    const { observation, transcript, logLines, pairingList } = found;
    return { ...seen, observation: observation ?? seen.observation, transcript, logLines, pairingList };
  });
  return { ...whole, transcripts: null };
}

function sha256Of(file: Buffer): string {
  return createHash('sha256').update(file).digest('hex');
}
