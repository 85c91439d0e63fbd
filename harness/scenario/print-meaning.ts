import { ROOT } from '../root.ts';
import { loadScenarios } from './load.ts';
import { canonicalJson, meaningOf } from './meaning.ts';

/** `node harness/scenario/print-meaning.ts > before.json`: before and after a change of the language the output must be the same. */
console.log(canonicalJson(loadScenarios(ROOT).map(meaningOf)));
