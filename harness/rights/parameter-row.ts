import type { Source } from '../properties/documentation.ts';

/** What the parameters of a row refer to on the stage. */
export type About = {
  /** A paired device that no caller has. */
  bystander: string;
  /** The hash of the gateway's present config, as `config.get` gives it; empty if it gives none. */
  configHash: string;
};

/**
 * A call whose parameters decide who may make it, or which would have an effect. `given` names the parameters. The row is played on releases
 * whose table has the method with one of the scopes in `declared`, because other releases decide in another way.
 */
export type ParameterRow = {
  method: string;
  given: string;
  params(about: About): Record<string, unknown>;
  declared: readonly string[];
  /** All scopes that the call needs; null for those that the table has. */
  needs: string[] | null;
  source: Source;
  /** Why nothing is started by a caller that may make the call; null if something would be, so that only callers without the right make it. */
  harmless: string | null;
};
