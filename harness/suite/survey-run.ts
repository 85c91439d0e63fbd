import type { GatewayImage } from '../gateway/image/image.ts';
import type { StageInPlay } from '../gateway/stage/stage.ts';
import type { TestBed } from '../gateway/stage/test-bed.ts';
import { judgeProperty } from '../judge/property.ts';
import type { PlannedStage } from '../play/planned-stage.ts';
import { saySources } from '../properties/documentation.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import { type CheckResult, surveyId } from '../results/report.ts';
import { inRange } from '../scenario/releases/range.ts';
import { shellWord } from '../shell-word.ts';
import type { SaidViolation, SurveyPart } from '../survey/survey-part.ts';
import type { JudgeContext } from './judge-scenario.ts';
import { checkOn, lineWith } from './property-check.ts';

/** The largest number of violations that the check of one property lists; the survey has them all. */
const SHOWN_VIOLATIONS = 12;

/** What is played of a survey on one gateway: the stage that it needs, and its work, which gives what was seen and the checks. */
export type SurveyJob = {
  part: SurveyPart;
  planned: PlannedStage;
  play(stage: StageInPlay): Promise<{ seen: unknown; checks: CheckResult[] }>;
};

type SurveyedGateway = {
  bed: TestBed;
  image: GatewayImage;
  secretRegistry: SecretRegistry;
  seed: number;
  root: string;
  say(line: string): void;
};

/** Prepares a survey of a gateway as a part of a run. Throws EnvironmentError if its package cannot be read. */
export async function surveyJob(
  part: SurveyPart,
  { bed, image, secretRegistry, seed, root, say }: SurveyedGateway,
  context: JudgeContext,
): Promise<SurveyJob> {
  const { gateway, routes, work } = await part.prepare({
    ...{ engine: bed.engine, image, secretRegistry, seed },
    version: context.version,
    reference: context.gateway,
    // A run tells what it plays by its events.
    out: { say, progress: () => {} },
  });
  return {
    part,
    planned: { id: part.name, gateway, batches: [], routes: [...routes], showsPages: false },
    async play(stage) {
      const seen = await work(stage);
      return { seen, checks: surveyChecks(part, seen, root, context) };
    },
  };
}

/** A check for each property of a survey, by what was seen. */
export function surveyChecks(part: SurveyPart, seen: unknown, root: string, context: JudgeContext): CheckResult[] {
  const { gateway, version, deviations, today } = context;
  const { violations: all, amount, gap } = part.evidenceIn(seen);
  return part.properties.map(({ id, statement, sources, releases }): CheckResult => {
    const violations = all.filter(({ property }) => property === id);
    const evidence = {
      notClaimed: inRange(version, releases) ? null : `it is claimed for ${releases}`,
      breach: violations.length === 0 ? null : { observation: null },
      doubt: null,
      gap,
    };
    const asked = { check: `${surveyId(part.name)}/${id}`, version, deviations, today };
    const checkContext = {
      ...judgeProperty(evidence, asked),
      expected: `${statement} (${saySources(sources)})`,
      seen: sayViolations(violations, amount),
      differences: violations.slice(0, SHOWN_VIOLATIONS).map(sayViolation),
      compared: 1,
      source: lineWith(`id: '${id}'`, part.file, root),
    };
    const repeat = `npx postern ${part.name} --gateway ${shellWord(gateway)}`;
    return checkOn(surveyId(part.name), id, checkContext, null, repeat, context);
  });
}

function sayViolations([first, ...others]: readonly SaidViolation[], amount: string): string {
  if (first === undefined) return `${amount}, and none violates it`;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return `${amount}: ${sayViolation(first)}${more}`;
}

const sayViolation = ({ where, by, seen }: SaidViolation): string => `${where}: ${seen}${by === '' ? '' : ` (${by})`}`;
