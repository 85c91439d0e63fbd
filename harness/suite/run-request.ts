import type { Stage } from '../gateway/stage/stage.ts';
import type { Purpose } from '../judge/verdict.ts';
import type { TablePart } from '../pairwise/table-part.ts';
import type { Output } from '../report/terminal/output.ts';
import type { Disclosure } from '../results/disclosure.ts';
import type { Report } from '../results/report.ts';
import type { Selection } from '../scenario/catalogue/select.ts';
import type { ComparisonPlan } from './conclusion.ts';
import type { Shard } from './shard.ts';
import type { TablePlan } from './table-run.ts';

/** The decision table of a run. */
export type TableAsked = {
  part: TablePart;
  /** Gives, for a gateway, the function that names the cells to observe a second time. */
  doubted(gateway: string): TablePlan['doubted'];
  /** Called when the run of a gateway has ended, with or without a table. */
  over(gateway: string): void;
  /** Whether a violation that fuzzing finds is written as a scenario file. */
  save: boolean;
};

/** A table of which no cell is observed a second time because another gateway differs. */
export function tableWithoutRechecks(asked: Pick<TableAsked, 'part' | 'save'>): TableAsked {
  return { ...asked, doubted: () => async () => new Set(), over: () => {} };
}

/** What a run plays, where it writes, and how. */
export type RunRequest = {
  purpose: Purpose;
  /** References of gateways, each once. */
  gateways: readonly string[];
  /** Scenario files to play in place of those below `scenarios/`; empty to play those. */
  files: readonly string[];
  /** The folder of scenarios of the user, in addition to those below `scenarios/`; null for none, and with `files`. */
  ownScenarios: string | null;
  selection: Selection;
  /** Why one gateway, by its reference, is not played with a selected scenario, by its id (null: it is); null for a selection for all alike. */
  leavesOut: ((scenario: string, gateway: string) => string | null) | null;
  /** The decision table to play in addition to the scenarios; null for none. */
  table: TableAsked | null;
  /** Whether methods and HTTP routes belong to the run; those that `selection` names are played in any case. */
  surveys: boolean;
  /** The part of scenarios and table that this process plays; null to play them all. */
  shard: Shard | null;
  /** Decides the order of play and the random knocks. All gateways of a run have the same seed. */
  seed: number;
  /** What the output of the run may tell. */
  disclosure: Disclosure;
  /** The folder in which the run creates its report folder. */
  reports: string;
  /** How the gateways are compared, if they are played at the same time; null to play them one after the other and judge each alone. */
  comparison: ComparisonPlan | null;
  /** Gives the text that the terminal gets before the last lines, from the report as it was written; null for none. */
  evidenceIn: ((report: Report) => string) | null;
  /** Whether the images that were built of a gateway are removed once it has been played. */
  prune: boolean;
  /** Gets the stages, which stay up after the run until the promise settles; null to remove them at once. */
  whileKept: ((stages: readonly Stage[]) => Promise<void>) | null;
  /** The command line, for the report. */
  command: string;
  out: Output;
};
