import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Fact, PlainKind } from '../paste/facts.ts';
import { everyStepOf } from '../scenario/catalogue/checks.ts';
import type { LoadedScenario } from '../scenario/catalogue/load.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';

/** A setting of a scenario's gateway that the report has otherwise, and the line of the report that says so. */
export type Variation = { key: string; value: string | readonly string[]; line: number };

/** The values of a fact that the user or a program states, not an answer, in the order of the lines. */
function valuesOf(facts: readonly Fact[], kind: PlainKind): { value: string; line: number }[] {
  return facts.flatMap((fact) =>
    fact.kind === kind && fact.source !== 'claimed-by-answer' ? [{ value: fact.value, line: fact.line }] : [],
  );
}

const ADDRESS = /^[\d.]+(?:\/\d{1,2})?$|^[\da-f:]+(?:\/\d{1,3})?$/i;

function proxiesIn(text: string): string[] {
  return text.split(/[\s,"'[\]]+/).filter((each) => ADDRESS.test(each));
}

function vantagesOf(scenario: Scenario): string[] {
  return everyStepOf(scenario).flatMap(({ body }) => {
    const from = z.looseObject({ from: z.string() }).safeParse(body);
    return from.success ? [from.data.from] : [];
  });
}

function isConfigured({ gateway }: Scenario, key: string): boolean {
  const own = z.looseObject({ [key]: z.unknown() }).safeParse(gateway.config.gateway);
  return own.success && own.data[key] !== undefined;
}

/**
 * The settings of the report that the scenario can be given without ceasing to be itself: the way of authentication, where only the secret
 * differs; the bind address, if every client of the scenario comes from the gateway's machine; and the trusted proxies, if the scenario says
 * nothing of them and something knocks through a proxy. A report that contradicts itself in one of these varies nothing.
 */
export function variationsFor({ scenario }: LoadedScenario, facts: readonly Fact[]): Variation[] {
  const { gateway } = scenario;
  const single = (kind: PlainKind): { value: string; line: number } | null => {
    const values = valuesOf(facts, kind);
    return new Set(values.map(({ value }) => value)).size === 1 ? (values[0] ?? null) : null;
  };
  const variations: Variation[] = [];
  const auth = single('auth-mode');
  if (auth !== null && ['token', 'password'].includes(auth.value) && !['none', auth.value].includes(gateway.auth))
    variations.push({ key: 'auth', ...auth });
  const vantages = vantagesOf(scenario);
  const bind = single('bind');
  const isLocal = vantages.every((from) => from === 'loopback' || from === 'proxy');
  if (bind !== null && ['loopback', 'lan'].includes(bind.value) && bind.value !== gateway.bind && isLocal)
    variations.push({ key: 'bind', ...bind });
  const trusted = single('trusted-proxies');
  const addresses = trusted === null ? [] : proxiesIn(trusted.value);
  const passesProxy = vantages.some((from) => from.startsWith('proxy'));
  if (trusted !== null && addresses.length > 0 && passesProxy && !isConfigured(scenario, 'trustedProxies'))
    variations.push({ key: 'trustedProxies', value: addresses, line: trusted.line });
  return variations;
}

/**
 * The text of a scenario file that is the scenario with these settings, under an id of its own, so that `postern run` takes it beside the
 * catalogue. `text` is the file of the scenario.
 */
export function varied(text: string, { scenario }: LoadedScenario, variations: readonly Variation[]): string {
  const document = parseDocument(text);
  document.set('id', variedId(scenario.id));
  document.set('class', scenario.class);
  for (const { key, value } of variations)
    document.setIn(
      key === 'trustedProxies' ? ['gateway', 'config', 'gateway', key] : ['gateway', key],
      document.createNode(value),
    );
  return document.toString();
}

/** The id of a scenario with the settings of a report. */
export function variedId(id: string): string {
  return `${id}-as-reported`;
}
