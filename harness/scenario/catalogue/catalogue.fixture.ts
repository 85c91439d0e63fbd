import { ROOT } from '../../root.ts';
import { type LoadedScenario, loadScenarios } from './load.ts';

/** Every scenario of the repository, for tests that only read them: to load them takes half a second of processor time. */
export const CATALOGUE: readonly LoadedScenario[] = loadScenarios(ROOT);
