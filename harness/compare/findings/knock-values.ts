import { isDeepStrictEqual } from 'node:util';
import { valuesOf } from '../../pairwise/cell.ts';
import { type Cell, CREDENTIALS, FORWARDED, HOSTS, KINDS, ORIGINS, PROOFS, ROUTES } from '../../pairwise/dimensions.ts';
import type { ClaimsDeclaration } from '../../scenario/schema/claims.ts';
import type { Scenario } from '../../scenario/schema/scenario.ts';
import type { Step } from '../../scenario/schema/step.ts';
import type { ProxySetup } from '../../scenario/schema/vantage.ts';
import type { Row } from './condition.ts';

type Headers = Readonly<Record<string, string>>;

/** The value of a dimension that sends exactly those headers of the knock that any of its values sends. */
function byHeaders<V extends string>(
  values: readonly V[],
  headersOf: (value: V) => Headers,
  sent: Headers,
): V | undefined {
  const names = values.flatMap((value) => Object.keys(headersOf(value)));
  const ours = Object.fromEntries(Object.entries(sent).filter(([name]) => names.includes(name)));
  return values.find((value) => isDeepStrictEqual({ ...headersOf(value) }, ours));
}

/** The claims that the proof of a key consists of. */
const PROOF_CLAIMS = [
  'payload',
  'signature',
  'clockSkewSeconds',
  'identity',
] as const satisfies (keyof ClaimsDeclaration)[];

const proofIn = (claims: ClaimsDeclaration): unknown => PROOF_CLAIMS.map((name) => claims[name]);

/**
 * The value of the forwarded header that a gateway sees of a client behind a proxy on its own machine, for setups that add one header, or none. To the
 * gateway, such a client is like one on its own machine that sends that header.
 */
const SEEN_BEHIND: Partial<Record<ProxySetup, Cell['forwarded']>> = {
  bare: 'no-forwarded',
  forwarded: 'forwarded-loopback',
  'x-forwarded-proto': 'proto-alone',
  'x-forwarded-host': 'forwarded-host-local',
};

/** The knock of a step behind a proxy on the gateway's own machine, as the gateway sees it; null for any other step. */
export function valuesBehindProxy(step: Step, scenario: Scenario): Row | null {
  if (step.kind !== 'knock' || step.body.from !== 'proxy') return null;
  const [said, seen] = [valuesOfKnock(step, scenario), SEEN_BEHIND[step.body.through ?? 'documented']];
  if (seen === undefined || said.forwarded !== 'no-forwarded') return null;
  const host = said.host === 'host-loopback' ? 'own-host' : said.host;
  return { ...said, route: 'loopback', forwarded: seen, ...(host === undefined ? {} : { host }) };
}

/**
 * What the knock of a step says of itself, in the dimensions of the decision table. A dimension is left out if no value of it is like the knock; what
 * the device was approved for before, and the scopes that it asks for, always are, because scenarios vary them freely. Empty for other steps. Pure.
 */
export function valuesOfKnock(step: Step, { clients }: Scenario): Row {
  if (step.kind !== 'knock') return {};
  const { as, from, through = 'documented', headers = {}, claims = {} } = step.body;
  const all: ClaimsDeclaration = { ...clients[as], ...claims };
  const values: { [D in keyof Cell]?: Cell[D] | undefined } = {
    route: valuesOf('route').find(
      (route) => ROUTES[route].from === from && (!from.startsWith('proxy') || ROUTES[route].through === through),
    ),
    forwarded: byHeaders(valuesOf('forwarded'), (value) => FORWARDED[value], headers),
    host: byHeaders(valuesOf('host'), (value) => HOSTS[value], headers),
    origin: byHeaders(valuesOf('origin'), (value) => ORIGINS[value].headers, headers),
    kind:
      all.build === undefined ? valuesOf('kind').find((kind) => KINDS[kind].kind === (all.kind ?? 'cli')) : undefined,
    credential: valuesOf('credential').find((value) => CREDENTIALS[value].credential === (all.credential ?? 'token')),
    proof: valuesOf('proof').find((value) => isDeepStrictEqual(proofIn(PROOFS[value].claims), proofIn(all))),
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
