import type { ExitCode } from '../exit.ts';
import type { GatewayImage } from '../gateway/image/image.ts';
import type { TestBed } from '../gateway/stage/test-bed.ts';
import type { SecretRegistry } from '../redaction/redactor.ts';
import type { Output } from '../report/terminal/output.ts';
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

/** What a survey gets to play one gateway. `reference` names the gateway in texts and names of containers. */
export type SurveyMeans = {
  bed: TestBed;
  image: Pick<GatewayImage, 'tag' | 'id' | 'version'>;
  reference: string;
  secretRegistry: SecretRegistry;
} & Pick<SurveyRequest, 'seed' | 'out'>;

/** What was seen on a gateway, and the seconds that it took, without image and boot. */
export type Surveyed<Seen> = { seen: Seen; seconds: number };

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

/** One kind of survey: how it plays a gateway, judges what was seen, and reports it. `name` is that of its command and of its files. */
export type Survey<Seen, Finding, Comparison, Report> = {
  name: string;
  play(means: SurveyMeans): Promise<Surveyed<Seen>>;
  /** What a report folder says of its gateway; null if it is no folder with such a report. */
  readBase(given: string): Seen | null;
  judge(head: Seen, base: Seen | null): Judged<Finding, Comparison>;
  /** The findings about a gateway alone. */
  findingsOf(seen: Seen): readonly Finding[];
  withoutFindings(seen: Seen, findings: readonly Finding[]): Seen;
  report(basics: ReportBasics<Finding, Comparison>, seen: Seen): Report;
  markdown(report: Report): string;
  terminal(report: Report): string;
  versionOf(seen: Seen): string;
  /** Throws EnvironmentError if what was seen is not the same in each run, so that it must not be published. */
  requireWhole(seen: Seen): void;
  /** Writes the published file of a release below `root`, and gives its path. */
  write(root: string, published: { command: string; withheld: number; seen: Seen }): string;
};
