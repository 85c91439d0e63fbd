import { ROOT } from '../../root.ts';
import { loadScenarios } from './load.ts';
import { canonicalJson, meaningOf } from './meaning.ts';

/**
 * `npx node harness/scenario/catalogue/print-meaning.ts > before.json`: the output must be the same before and after a change of the scenario language.
 */
console.log(canonicalJson(loadScenarios(ROOT).map(meaningOf)));
