import { z } from 'zod';
import { atMost } from '../at-most.ts';
import { CLIENT_KINDS, type Claims, honestClaims } from '../client/claims.ts';
import { knock } from '../client/handshake.ts';
import { readOutcome } from '../client/outcome.ts';
import { needed, type Readiness, type StageInPlay, whyNotReady } from '../gateway/stage/stage.ts';
import { grantedAccessOf } from '../judge/access-level.ts';
import { KNOCKS_AT_ONCE } from '../limits.ts';
import type { Order } from '../order.ts';
import { byText } from '../text/by-text.ts';
import { parseJson } from '../text/json.ts';
import { SETTINGS } from './all-settings.ts';
import { auditedOf, type Configuration, configurationsOf, PLAIN } from './configurations.ts';
import { ALL_KNOCKS, type KnockId, type SettingKnock } from './knocks.ts';
import type { ConfigurationSeen, KnockSeen, SeenSettings } from './seen-settings.ts';
import { isIgnored } from './setting.ts';

/**
 * What the settings are played with: a stage that runs the plain configuration, the release whose settings count, and what is told between two
 * configurations. `only` has the ids of those that are played; null for all.
 */
type Playing = {
  stage: StageInPlay;
  version: string;
  only: readonly string[] | null;
  order: Order;
  told(configuration: string): void;
};

/**
 * Gives a gateway one configuration of its access settings after the other, and knocks at each in every way. Gives what was seen, in the order of
 * `configurationsOf`. Throws EnvironmentError if the engine fails, or the pairing list cannot be read.
 */
export async function playSettings({ stage, version, only, order, told }: Playing): Promise<SeenSettings> {
  const every = configurationsOf(version);
  const audited = auditedOf(every, version);
  const all = every.filter(({ id }) => only === null || only.includes(id));
  const configurations: ConfigurationSeen[] = [];
  let current: string | null = PLAIN;
  for (const configuration of inOrderOfPlay(all)) {
    told(configuration.id);
    const readiness: Readiness | null =
      configuration.id === current ? null : await change({ stage, version }, configuration, current);
    const isUp: boolean = readiness === null || readiness.kind === 'ready';
    current = isUp ? configuration.id : null;
    configurations.push(
      readiness === null || readiness.kind === 'ready'
        ? await seenOf(stage, configuration, { order, isAudited: audited.has(configuration.id) })
        : {
            ...{ id: configuration.id, runs: false, why: whyOf(readiness), knocks: [], warnings: null },
            ...(readiness.kind === 'exited' ? {} : { hangs: true }),
          },
    );
  }
  const placeOf = new Map(all.map(({ id }, place) => [id, place]));
  return {
    version,
    configurations: configurations.sort((a, b) => (placeOf.get(a.id) ?? 0) - (placeOf.get(b.id) ?? 0)),
  };
}

/**
 * The order of play: the plain configuration, which the gateway runs already, then those together for which it need not restart, and the unsafe ones last,
 * because nothing runs after them.
 */
function inOrderOfPlay(all: readonly Configuration[]): Configuration[] {
  const rankOf = ({ id, unsafe }: Configuration): number => (id === PLAIN ? 0 : unsafe === null ? 1 : 2);
  const startedWith = ({ values }: Configuration): string =>
    values
      .flatMap(({ id, startedAs = id }) => (RESTARTING.has(id) ? [startedAs] : []))
      .reverse()
      .join(' ');
  return all.toSorted((a, b) => rankOf(a) - rankOf(b) || byText(startedWith(a), startedWith(b)));
}

/** The values for which a gateway restarts. */
const RESTARTING: ReadonlySet<string> = new Set(
  SETTINGS.filter(({ restarts }) => restarts).flatMap(({ values }) => values.map(({ id }) => id)),
);

/**
 * Changes the configuration of the gateway: while it runs if it can, as its owner would, otherwise by a new container. Whether it starts with an unsafe
 * one can only be seen at a start. 2026.9.6 applies no change of a running gateway as long as its file has a setting that it ignores; a start does.
 */
async function change(
  { stage, version }: Pick<Playing, 'stage' | 'version'>,
  { gateway, unsafe, values }: Configuration,
  current: string | null,
): Promise<Readiness> {
  const lifecycle = needed(stage, 'lifecycle');
  const isIgnoring = values.some((value) => isIgnored(value, version));
  if (current !== null && unsafe === null && !isIgnoring) {
    const readiness = await lifecycle.adopt(gateway);
    if (readiness.kind === 'ready') return readiness;
  }
  return lifecycle.startAs(gateway);
}

/** Why a gateway does not run, in words that are the same in each run. */
function whyOf(readiness: Exclude<Readiness, { kind: 'ready' }>): string {
  const text = whyNotReady(readiness);
  const line = text.split('\n').findLast((each) => /refus|requires|must|invalid|not allowed/i.test(each)) ?? text;
  return line.replace(/^\S*\d\d:\d\d:\d\d\S*\s*/, '').trim();
}

async function seenOf(
  stage: StageInPlay,
  configuration: Configuration,
  { order, isAudited }: { order: Order; isAudited: boolean },
): Promise<ConfigurationSeen> {
  const knocks: { seen: KnockSeen; deviceId: string | null }[] = [];
  const ids = new Set(configuration.values.map(({ id }) => id));
  const made = ALL_KNOCKS.filter(
    ({ onlyWith }) => onlyWith === undefined || configuration.id === PLAIN || ids.has(onlyWith),
  );
  await atMost(KNOCKS_AT_ONCE, order.shuffled(made), async (each) => {
    const first = await seenKnock(stage, each, ids);
    // A gateway that has just applied a setting may drop a connection, which decides nothing.
    knocks.push(first.seen.reached === 'undecided' ? await seenKnock(stage, each, ids) : first);
  });
  const operator = stage.operator();
  const { pending } = await operator.list();
  for (const { requestId } of pending) await operator.call('device.pair.reject', { requestId });
  const waiting = new Set(pending.map(({ deviceId }) => deviceId));
  const seen = knocks.map(({ seen: one, deviceId }): KnockSeen => {
    const waits = deviceId !== null && waiting.has(deviceId) && one.reached === 'refused after authentication';
    return waits ? { ...one, reached: 'waits for approval', said: '' } : one;
  });
  return {
    id: configuration.id,
    ...{ runs: true, why: '' },
    knocks: ALL_KNOCKS.flatMap(({ id }) => seen.filter((one) => one.knock === id)),
    warnings: isAudited ? await warningsOf(stage) : null,
  };
}

/** The scopes that every operator asks for: one, so that a page and a command ask for the same. */
const ASKED = ['operator.read'];

async function seenKnock(
  stage: StageInPlay,
  { id, route, headers, kind, hasSecret, hasDevice, role }: SettingKnock & { id: KnockId },
  values: ReadonlySet<string>,
): Promise<{ seen: KnockSeen; deviceId: string | null }> {
  const honest = honestClaims({
    release: stage.version(),
    buildId: stage.buildId(),
    clientId: CLIENT_KINDS[kind].id,
    clientMode: CLIENT_KINDS[kind].mode,
    credentials: hasSecret ? stage.credentials() : {},
  });
  const claims: Claims = {
    ...honest,
    role,
    scopes: role === 'node' ? [] : ASKED,
    ...(hasDevice ? {} : { identity: null }),
  };
  const { end, connection } = await knock({ ...stage.route(route), path: '/', form: claims.form, headers }, claims);
  await connection?.close();
  const outcome = readOutcome(end, null);
  const deviceId = claims.identity?.deviceId ?? null;
  const seenAs = (reached: KnockSeen['reached'], scopes: readonly string[], said: string) => ({
    seen: { knock: id, reached, scopes: [...scopes].sort(), said },
    deviceId,
  });
  // The relay of a vantage drops what it cannot connect to. A gateway that dropped a connection itself would be seen from its own machine too.
  const isDropped = outcome.kind === 'crash' && outcome.phase === 'connecting' && values.has('loopback-only');
  if (outcome.kind === 'unreachable' || isDropped) return seenAs('unreachable', [], '');
  const access = grantedAccessOf({ outcome });
  if (access === null) return seenAs('undecided', [], outcome.kind);
  return seenAs(access.level, access.scopes, outcome.kind === 'refused' ? outcome.cause : '');
}

const auditShape = z.object({ findings: z.array(z.object({ checkId: z.string() })) });

/** The checks that `openclaw security audit` finds about the gateway, sorted; null if it does not answer with JSON. */
async function warningsOf(stage: StageInPlay): Promise<string[] | null> {
  const { stdout } = await needed(
    stage,
    'command',
  )({
    ...{ argv: ['security', 'audit', '--json'], place: 'gateway', home: 'gateway' },
    ...{ owner: 'settings', environment: {} },
  });
  const begin = stdout.indexOf('{');
  const parsed = auditShape.safeParse(begin < 0 ? null : parseJson(stdout.slice(begin)));
  if (!parsed.success) return null;
  const found = parsed.data.findings.map(({ checkId }) => checkId).filter((id) => id.startsWith('gateway.'));
  return [...new Set(found)].sort();
}
