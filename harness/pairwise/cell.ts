import { createHash } from 'node:crypto';
import type { ClaimsDeclaration } from '../scenario/schema/claims.ts';
import { PATIENT_GATEWAY, type Scenario } from '../scenario/schema/scenario.ts';
import type { Step, StepBody } from '../scenario/schema/step.ts';
import {
  ASKS,
  type Cell,
  CREDENTIALS,
  DIMENSIONS,
  type Dimension,
  FORWARDED,
  HOSTS,
  KINDS,
  METADATA,
  ORIGINS,
  PAGES,
  PRIORS,
  PROOFS,
  type Prior,
  ROUTES,
} from './dimensions.ts';

/** The dimensions in the order in which reports show them. */
export const DIMENSION_NAMES = Object.keys(DIMENSIONS).filter((name): name is Dimension => name in DIMENSIONS);

/** The names of the values of a dimension, the plain value first. */
export function valuesOf<D extends Dimension>(dimension: D): Cell[D][] {
  const values = DIMENSIONS[dimension];
  return Object.keys(values).filter((value): value is Cell[D] => value in values);
}

/** The cell with only plain values: an unapproved device on another machine, with the right secret and a valid signature, that asks to read. */
export const PLAIN: Cell = {
  route: 'lan',
  forwarded: 'no-forwarded',
  host: 'own-host',
  origin: 'no-origin',
  kind: 'cli',
  credential: 'secret',
  asks: 'asks-read',
  metadata: 'same-machine',
  proof: 'signed',
  prior: 'unknown',
};

/**
 * The name of a dimension in report.json. The format calls the route `door`, and changes a name only with its version, so that programs for
 * older reports read newer ones.
 */
export function reportedName(dimension: string): string {
  return dimension === 'route' ? 'door' : dimension;
}

/** The value of every dimension of a cell, as `values` of a cell in report.json has them. */
export function reportedValues(cell: Cell): Record<string, string> {
  return Object.fromEntries(DIMENSION_NAMES.map((name) => [reportedName(name), cell[name]]));
}

/** The cell with these values, as `values` of a cell in report.json has them; null if one of them is no value of its dimension. */
export function cellWith(values: Readonly<Record<string, string>>): Cell | null {
  const cell: Cell = { ...PLAIN };
  const take = <D extends Dimension>(name: D): boolean => {
    const value = valuesOf(name).find((each) => each === values[reportedName(name)]);
    if (value !== undefined) cell[name] = value;
    return value !== undefined;
  };
  return DIMENSION_NAMES.every((name) => take(name)) ? cell : null;
}

/** The id of a cell: the names of its values that are not plain, in the order of the dimensions, or `plain`. The id of a cell never changes. */
export function cellId(cell: Cell): string {
  const odd = DIMENSION_NAMES.filter((name) => cell[name] !== PLAIN[name]).map((name) => cell[name]);
  return odd.length === 0 ? 'plain' : odd.join('+');
}

/** A short id for use in file names: the first 8 hex digits of the SHA-256 of the cell's id. */
export function shortIdOf(cell: Cell): string {
  return createHash('sha256').update(cellId(cell)).digest('hex').slice(0, 8);
}

/** Whether the client is a page in a browser. */
export const isPage = ({ kind }: { kind: Cell['kind'] | undefined }): boolean => PAGES.some((page) => page === kind);

/**
 * Whether one client can have these values at once. Takes a part of a cell as well, and then judges only the values that are present, because
 * generators ask before a row is complete.
 */
export function isPossible({ credential, metadata, proof, prior, kind, origin }: Partial<Cell>): boolean {
  if (isPage({ kind }) && origin === 'no-origin') return false;
  const had: Prior | null = prior === undefined ? null : PRIORS[prior];
  // Only a device that was admitted once has a token.
  const hasToken = had === null || ['approved', 'revoked', 'removed'].includes(had.became);
  if (credential === 'device-token' && !hasToken) return false;
  // A gateway knows nothing of a client without a device, and no metadata of such a client can have changed.
  if (proof === 'no-device' && prior !== undefined && prior !== 'unknown') return false;
  if (proof === 'no-device' && credential === 'device-token') return false;
  const isKnown = had === null || had.became === 'approved' || had.became === 'revoked';
  if (metadata !== undefined && metadata !== 'same-machine' && !isKnown) return false;
  // No node with other metadata: whether a device of another kind counts as another kind of machine is not what these dimensions test.
  return !(kind === 'node-host' && metadata !== undefined && metadata !== 'same-machine');
}

/**
 * The dimensions in which a cell has a value for which a gateway refuses it, whatever its other values are. Such a fault hides everything that the
 * gateway checks later, and two faults hide each other. So a combination of values counts as covered only in a cell without another fault.
 */
export function faultsIn({ credential, proof, origin, prior }: Partial<Cell>): Dimension[] {
  return [
    ...(credential !== undefined && !CREDENTIALS[credential].right && credential !== 'device-token'
      ? (['credential'] as const)
      : []),
    ...(proof !== undefined && !PROOFS[proof].good && proof !== 'no-device' ? (['proof'] as const) : []),
    ...(origin !== undefined && ORIGINS[origin].foreign ? (['origin'] as const) : []),
    ...(prior === 'other-key' ? (['prior'] as const) : []),
  ];
}

/** The probes of each cell, in the order in which they are made. */
export const PROBES = ['knock', 'replay', 'again', 'elsewhere'] as const;
export type ProbeName = (typeof PROBES)[number];

/** Each probe in words, for reports. */
export const PROBE_WORDS: Record<ProbeName, string> = {
  knock: 'the knock itself',
  replay: 'its request once more, letter for letter, on another connection',
  again: 'the same knock once more',
  elsewhere: 'the same device from another machine, honest, with the shared secret, asking for the same',
};

/** The names of the two clients of a cell: the one that knocks, and the owner of the device that it claims to be if its prior is `other-key`. */
const DEVICE = 'device';
const OWNER = 'owner';

/**
 * The headers and claims of the cell's device for knocks that the cell does not describe: the steps before the probes, and the probe from another
 * machine. A page stays a page there, because a browser names the platform in another way than a command does, and gateways remember the platform.
 */
function program(cell: Cell): { headers?: Headers; claims: ClaimsDeclaration } {
  return isPage(cell)
    ? { headers: ORIGINS['origin-of-the-gateway'].headers, claims: { kind: KINDS[cell.kind].kind } }
    : { claims: {} };
}

/** The steps that bring the gateway to the state that the cell's `prior` names. */
function priorSteps(cell: Cell): Step[] {
  const { asked, became }: Prior = PRIORS[cell.prior];
  if (asked === null) return [];
  const of = became === 'stolen' ? OWNER : DEVICE;
  const { claims: kind, ...headers } = program(cell);
  const claims: ClaimsDeclaration = { ...kind, role: asked.role, scopes: [...asked.scopes] };
  const ask: Step = { kind: 'knock', name: 'asked-before', body: { as: of, from: 'lan', ...headers, claims } };
  if (became === 'nothing') return [ask];
  if (became === 'rejected') return [ask, { kind: 'reject', body: { of } }];
  const approved: Step[] = [ask, { kind: 'approve', body: { of, request: 'current' } }];
  if (cell.credential === 'device-token')
    approved.push({ kind: 'knock', name: 'was-let-in', body: { as: of, from: 'lan', ...headers, claims } });
  if (became === 'revoked') return [...approved, { kind: 'revoke', body: { of, role: asked.role } }];
  return became === 'removed' ? [...approved, { kind: 'remove', body: { of } }] : approved;
}

type Headers = Readonly<Record<string, string>>;
/** Headers that a fuzzed knock sends in addition to those of its cell, or in their place, by name. */
export type FreeHeaders = Headers;

/** The body of the cell's knock; headers in `free` replace those of the cell. */
function knockOf(cell: Cell, free: FreeHeaders): StepBody<'knock'> {
  const { from, through } = ROUTES[cell.route];
  const { role, scopes } = ASKS[cell.asks];
  const headers = { ...FORWARDED[cell.forwarded], ...HOSTS[cell.host], ...ORIGINS[cell.origin].headers, ...free };
  return {
    as: DEVICE,
    from,
    ...(from === 'proxy' || from === 'proxy-lan' ? { through } : {}),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    claims: {
      ...KINDS[cell.kind],
      ...METADATA[cell.metadata],
      ...PROOFS[cell.proof].claims,
      ...(PRIORS[cell.prior].became === 'stolen' ? { deviceOf: OWNER } : {}),
      credential: CREDENTIALS[cell.credential].credential,
      role,
      scopes: [...scopes],
    },
  };
}

/**
 * The knock of a probe as a cell: that of its own, except that the probe from another machine is an honest one, with few of its values. Before it, the
 * device may have got more than its `prior` says.
 */
export function cellOfProbe(cell: Cell, probe: string): Cell {
  if (probe !== 'elsewhere') return cell;
  const { route, kind, asks, prior } = cell;
  const page = valuesOf('kind').find((each) => KINDS[each].kind === KINDS[kind].kind);
  return {
    ...PLAIN,
    route: ROUTES[route].from === 'lan' ? 'published' : 'lan',
    kind: isPage(cell) && page !== undefined ? page : PLAIN.kind,
    origin: isPage(cell) ? 'origin-of-the-gateway' : PLAIN.origin,
    asks,
    prior,
  };
}

/** The step of each probe. */
function probeSteps(cell: Cell, free: FreeHeaders): Record<ProbeName, Step> {
  const knock = knockOf(cell, free);
  const { role, scopes } = ASKS[cell.asks];
  const elsewhere = knock.from === 'lan' ? 'published' : 'lan';
  const { claims: kind, ...headers } = program(cell);
  return {
    knock: { kind: 'knock', name: 'knock', body: knock },
    replay: { kind: 'knock', name: 'replay', body: { ...knock, replay: true } },
    again: { kind: 'knock', name: 'again', body: knock },
    elsewhere: {
      kind: 'knock',
      name: 'elsewhere',
      body: { as: DEVICE, from: elsewhere, ...headers, claims: { ...kind, role, scopes: [...scopes] } },
    },
  };
}

/**
 * A cell as it is played: a scenario with the steps before its probes, the probes, and the steps that restore the pairing list. `before` is the
 * number of steps before the first probe.
 */
export type PlayedCell = { scenario: Scenario; before: number };

/** Makes a scenario of steps that are played on the stage of the table. Reports show only its name. */
export function tableScenario(parts: Pick<Scenario, 'id' | 'title' | 'clients' | 'steps'>): Scenario {
  return {
    ...parts,
    why: parts.title,
    class: 'identity',
    level: 'must',
    blocker: true,
    reported: [],
    affected: 'none',
    tags: [],
    gateway: PATIENT_GATEWAY,
    boundary: [],
    workarounds: [],
  };
}

/** Makes a scenario of a cell, which can be played on any gateway. Headers in `free` replace those of the cell. */
export function cellScenarioOf(cell: Cell, free: FreeHeaders = {}): PlayedCell {
  const before = priorSteps(cell);
  const probes = probeSteps(cell, free);
  // The last two steps remove the device: a gateway slows down as its pairing list grows.
  const of = PRIORS[cell.prior].became === 'stolen' ? OWNER : DEVICE;
  const tidy: Step[] = [
    { kind: 'reject', body: { of } },
    { kind: 'remove', body: { of } },
  ];
  const id = cellId(cell);
  return {
    before: before.length,
    scenario: tableScenario({
      id: `table/${shortIdOf(cell)}`,
      title: id,
      clients: { [DEVICE]: {}, [OWNER]: {} },
      steps: [...before, ...PROBES.map((name) => probes[name]), ...tidy],
    }),
  };
}
