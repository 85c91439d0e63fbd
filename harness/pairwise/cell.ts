import { createHash } from 'node:crypto';
import type { ClaimsDeclaration } from '../scenario/claims.ts';
import { PATIENT_GATEWAY, type Scenario } from '../scenario/scenario.ts';
import type { Step, StepBody } from '../scenario/step.ts';
import {
  ASKS,
  type Cell,
  CREDENTIALS,
  DIMENSIONS,
  type Dimension,
  DOORS,
  FORWARDED,
  HOSTS,
  KINDS,
  METADATA,
  ORIGINS,
  PAGES,
  PRIORS,
  PROOFS,
  type Prior,
} from './dimensions.ts';

/** The dimensions in the order in which reports show them. */
export const DIMENSION_NAMES = Object.keys(DIMENSIONS).filter((name): name is Dimension => name in DIMENSIONS);

/** The values of a dimension, plain first. */
export function valuesOf<D extends Dimension>(dimension: D): Cell[D][] {
  const values = DIMENSIONS[dimension];
  return Object.keys(values).filter((value): value is Cell[D] => value in values);
}

/** The cell of which every value is plain: a stranger from another machine, honest in everything, who asks to read. */
export const PLAIN: Cell = {
  door: 'lan',
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

/** The name of a cell: its values that are not plain, in the order of the dimensions. The same cell has the same name for ever. */
export function cellId(cell: Cell): string {
  const odd = DIMENSION_NAMES.filter((name) => cell[name] !== PLAIN[name]).map((name) => cell[name]);
  return odd.length === 0 ? 'plain' : odd.join('+');
}

/** A short name for a file or an id, made of the whole name. */
export function shortIdOf(cell: Cell): string {
  return createHash('sha256').update(cellId(cell)).digest('hex').slice(0, 8);
}

/** Whether the client is a page in a browser. */
export const isPage = ({ kind }: { kind: Cell['kind'] | undefined }): boolean => PAGES.some((page) => page === kind);

/**
 * Whether a client could knock so. Takes parts of a cell as well, of which nothing is said that is not there: generators ask before
 * a row is whole.
 */
export function canBe({ credential, metadata, proof, prior, kind, origin }: Partial<Cell>): boolean {
  if (isPage({ kind }) && origin === 'no-origin') return false;
  const had: Prior | null = prior === undefined ? null : PRIORS[prior];
  // Only a device that was let in once has a token.
  const hasToken = had === null || ['approved', 'revoked', 'removed'].includes(had.became);
  if (credential === 'device-token' && !hasToken) return false;
  // Nothing can be known of a client without a device, and nothing about its machine has changed.
  if (proof === 'no-device' && prior !== undefined && prior !== 'unknown') return false;
  if (proof === 'no-device' && credential === 'device-token') return false;
  const isKnown = had === null || had.became === 'approved' || had.became === 'revoked';
  if (metadata !== undefined && metadata !== 'same-machine' && !isKnown) return false;
  // Whether a device of another kind is a device of a new kind of machine is another question than these ask.
  return !(kind === 'node-host' && metadata !== undefined && metadata !== 'same-machine');
}

/**
 * The dimensions in which a cell has a value that gets it refused whatever else it says. Two of them hide each other, and one hides everything
 * that gateways look at later, so a choice of values counts as met where nothing else is wrong.
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

/** What is looked at in each cell, in this order. */
export const LOOKS = ['knock', 'replay', 'again', 'elsewhere'] as const;
export type LookName = (typeof LOOKS)[number];

/** What each look is. */
export const LOOK_SAYS: Record<LookName, string> = {
  knock: 'the knock itself',
  replay: 'its request once more, letter for letter, on another connection',
  again: 'the same knock once more',
  elsewhere: 'the same device from another machine, honest, with the shared secret, asking for the same',
};

/** The client that the cell is about, and the one whose device it pretends to be. */
const DEVICE = 'device';
const OWNER = 'owner';

/**
 * As what the device of a cell knocks where the cell says nothing of it: a page is one every time, for its browser names the platform in
 * another way than a command does, and gateways remember that.
 */
function program(cell: Cell): { headers?: Headers; claims: ClaimsDeclaration } {
  return isPage(cell)
    ? { headers: ORIGINS['origin-of-the-gateway'].headers, claims: { kind: KINDS[cell.kind].kind } }
    : { claims: {} };
}

/** Makes the gateway know of the device what it is to know before the knock. */
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
/** Headers that no dimension has, by name. */
export type FreeHeaders = Headers;

/** The knock of a cell. */
function knockOf(cell: Cell, free: FreeHeaders): StepBody<'knock'> {
  const { from, through } = DOORS[cell.door];
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

/** The steps of the looks. */
function lookSteps(cell: Cell, free: FreeHeaders): Record<LookName, Step> {
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

/** A cell as it is played: what comes before its looks, the looks, and what leaves the pairing list as it was. */
export type PlayedCell = { scenario: Scenario; before: number };

/** Steps that are played on the stage of the table, as a scenario; reports show no more of it than its name. */
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
    remedies: [],
  };
}

/** Writes a cell, with headers of any kind over its own, as the steps of a scenario, which any gateway can be played. */
export function playOf(cell: Cell, free: FreeHeaders = {}): PlayedCell {
  const before = priorSteps(cell);
  const looks = lookSteps(cell, free);
  // Gateways slow down as their list grows.
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
      steps: [...before, ...LOOKS.map((name) => looks[name]), ...tidy],
    }),
  };
}
