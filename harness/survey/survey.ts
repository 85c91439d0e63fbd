import type { z } from 'zod';
import type { ExitCode } from '../exit.ts';
import type { Engine } from '../gateway/engine/engine.ts';
import type { GatewayImage } from '../gateway/image/image.ts';
import type { StageInPlay } from '../gateway/stage/stage.ts';
import type { StageRequest } from '../gateway/stage/test-bed.ts';
import type { Property } from '../properties/property.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import type { Output } from '../report/terminal/output.ts';
import type { SurveyChange } from '../results/comparison.ts';
import type { Disclosure } from '../results/disclosure.ts';

/** What a survey plays, and where its results go. */
export type SurveyRequest = {
  gateway: string;
  /** A report folder, or the reference of a gateway that is played first; null for no comparison. */
  compare: string | null;
  publish: boolean;
  disclosure: Disclosure;
  seed: number;
  reports: string;
  command: string;
  out: Output;
};

/** What a survey gets to prepare the play of one gateway. The seed decides the order of calls and requests. */
export type SurveyMeans = {
  engine: Engine;
  image: Pick<GatewayImage, 'tag' | 'id' | 'version'>;
  /** The release whose rules and routes count: that of the image, or that of the base if it is later. */
  version: string;
  reference: string;
  secretRegistry: SecretRegistry;
  seed: number;
  out: Pick<Output, 'say' | 'progress'>;
};

/** The stage that a survey needs, and its work on that. The stage must be removed afterwards. */
export type PreparedSurvey<Seen> = Pick<StageRequest, 'gateway' | 'routes'> & {
  work(stage: StageInPlay): Promise<Seen>;
};

/** A breach of a property of a survey: where, by which callers or requests (empty for nobody in particular), and what was seen. */
export type Violation = { property: string; where: string; by: readonly string[]; seen: string };

/** What is wrong about a gateway, alone and in comparison with a base. */
export type Judged<Finding, Comparison> = {
  findings: readonly Finding[];
  /** Those of the findings that the head alone has: they are shown, because it is not released. */
  introduced: readonly Finding[];
  comparison: Comparison | null;
  exitCode: ExitCode;
};

/** The parts that the reports of all surveys have. */
export type ReportBasics<Finding, Comparison> = {
  command: string;
  seed: number;
  postern: string;
  gateway: string;
  seconds: number;
  findings: Finding[];
  withheld: number;
  comparison: Comparison | null;
  exitCode: ExitCode;
};

/** The name of a survey, which is that of its command and of its files, and what a report says about it. */
export type AboutSurvey = {
  name: string;
  title: string;
  /** Why it matters, one or two sentences. */
  why: string;
  /** The file with its properties, below the root of Postern. */
  file: string;
  properties: readonly Property[];
};

/** One kind of survey: how it plays a gateway, judges what was seen, stores and reports it. */
export type Survey<Seen, Stored, Finding, Comparison, Report> = AboutSurvey & {
  prepare(means: SurveyMeans): Promise<PreparedSurvey<Seen>>;
  /** What a report folder says of its gateway; null if it is no folder with such a report. */
  readBase(given: string): Seen | null;
  judge(head: Seen, base: Seen | null): Judged<Finding, Comparison>;
  /** The findings about a gateway alone. */
  findingsOf(seen: Seen): readonly Finding[];
  violationOf(finding: Finding): Violation;
  /** The callers or requests of a violation in words; empty for nobody in particular. */
  sayBy(by: readonly string[]): string;
  withoutFindings(seen: Seen, findings: readonly Finding[]): Seen;
  /** How base and head differ, worst first; `introduced` has the findings that only the comparison shows. */
  changesOf(
    comparison: Comparison,
    introduced: readonly Finding[],
  ): Omit<SurveyChange, 'survey' | 'isOfBase' | 'accepted'>[];
  report(basics: ReportBasics<Finding, Comparison>, seen: Seen): Report;
  markdown(report: Report): string;
  terminal(report: Report): string;
  /** How much was played, in words. */
  amountOf(seen: Seen): string;
  /** What the gateway did not show, so that no property is held by it, as a clause; null if it showed everything. */
  gapOf(seen: Seen): string | null;
  /** Whether a gap can be the gateway's own answer, which is then published as it is. */
  publishesGaps: boolean;
  stored: z.ZodType<Stored>;
  toStored(seen: Seen): Stored;
  /** Throws UsageError if it was made with other requests than are made now. */
  fromStored(stored: Stored): Seen;
  /** Writes the published file of a release below `root`, and gives its path. */
  write(root: string, published: { command: string; withheld: number; seen: Seen }): string;
};
