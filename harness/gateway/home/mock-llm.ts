import { globSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import path from 'node:path';
import { ROOT } from '../../root.ts';
import { inRange } from '../../scenario/releases/range.ts';
import { archiveOf, mergeConfig } from './gateway-home.ts';

/** Port of the mock LLM in the gateway's network namespace. */
const MODEL_PORT = 18850;
const SCRIPT = '/opt/postern/model.mjs';
const LIBRARY = '/opt/aimock';

/** The command of the mock LLM's container. */
export const MOCK_LLM_COMMAND: readonly string[] = ['node', SCRIPT, `${MODEL_PORT}`];
/** Text that the mock LLM prints once it accepts requests. */
export const MOCK_LLM_READY = 'the model listens on';

/**
 * The agents of a stage with the mock LLM: main may spawn helper, and no agent may spawn outsider. Each agent may have two spawned agents
 * at once.
 */
const AGENTS = {
  main: { subagents: { allowAgents: ['helper'] } },
  helper: {},
  outsider: {},
};

/** Config of each range of releases for agents that use the mock LLM, with the reason. Later rows are merged over earlier ones. */
const CONFIGS: readonly { releases: string; why: string; config: Record<string, unknown> }[] = [
  {
    releases: '*',
    why: 'the mock LLM as provider, no first-run interview, no turns by the heartbeat, and agents that may talk to each other',
    config: {
      models: {
        providers: {
          mock: {
            baseUrl: `http://127.0.0.1:${MODEL_PORT}/v1`,
            apiKey: 'none',
            api: 'openai-completions',
            models: [
              {
                id: 'assistant',
                name: 'assistant',
                reasoning: false,
                input: ['text'],
                cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
                contextWindow: 200_000,
                maxTokens: 8_192,
              },
            ],
          },
        },
      },
      agents: {
        defaults: {
          model: { primary: 'mock/assistant' },
          skipBootstrap: true,
          heartbeat: { every: '0m' },
          subagents: { maxChildrenPerAgent: 2 },
        },
      },
      tools: { agentToAgent: { enabled: true } },
    },
  },
  {
    releases: '>=2026.2.26',
    why: 'an agent sees the sessions of others only if the config allows it; 2026.2.19 does not know the key',
    config: { tools: { sessions: { visibility: 'all' } } },
  },
  {
    releases: '<2026.8.1',
    why: 'agents are a list',
    config: { agents: { list: Object.entries(AGENTS).map(([id, agent]) => ({ id, ...agent })) } },
  },
  {
    releases: '>=2026.8.1',
    why: 'agents are entries by name, of which one must be marked as the default; main is the default of all releases before. Without toolSearch: false the model is offered a search for tools instead of the tools',
    config: {
      agents: { entries: { ...AGENTS, main: { ...AGENTS.main, default: true } } },
      tools: { toolSearch: false },
    },
  },
];

/** The config with which the agents of this release use the mock LLM. */
export function mockLlmConfig(version: string): Record<string, unknown> {
  return CONFIGS.filter(({ releases }) => inRange(version, releases)).reduce<Record<string, unknown>>(
    (merged, { config }) => mergeConfig(merged, config),
    {},
  );
}

/** A tar archive of the mock LLM's script and the library that it uses, which has no dependencies. Paths are relative to /. */
export function mockLlmArchive(): Promise<Buffer> {
  const manifest = findPackageJSON('@copilotkit/aimock', import.meta.url);
  if (manifest === undefined) throw new Error('the dependency @copilotkit/aimock is not installed');
  const library = path.dirname(manifest);
  const files = ['package.json', ...globSync('dist/**/*.js', { cwd: library })];
  return archiveOf({
    [SCRIPT]: readFileSync(path.join(ROOT, 'docker', 'model.mjs'), 'utf8'),
    ...Object.fromEntries(
      files.map((file) => [`${LIBRARY}/${file}`, readFileSync(path.join(library, file), 'utf8')] as const),
    ),
  });
}
