import { inRange } from '../scenario/releases/range.ts';
import type { PayloadVersion } from './identity.ts';

/**
 * What the published clients of each release send. Source: commands and the node host of 2026.4.1 and 2026.9.6 were recorded with a
 * listener; the rest was read in the packages of 2026.2.17, 2.19, 2.22, 2.24 to 2.26, 3.13, 4.1, 4.20, 4.25, 5.2, 5.7, 5.18,
 * 5.28, 6.11, 7.1, 8.1, 9.1 and 9.6. A range ends at a release that was read. Releases between two that differ count as the older one.
 */

/** The two forms of client: a command (which includes the node host), and a page in a browser. */
export type Form = 'command' | 'page';

/** The form of the request ids of a client. */
export type IdStyle = 'uuid' | 'counted-uuid';

/** A fact about clients, the releases that it holds for, and its source. The first row that matches a release counts. */
type Row<T> = { releases: string; value: T; why: string };

type Protocols = { min: number; max: number };

const ANY = '*';

/** The only protocol that a release's own command speaks. */
const PROTOCOL: readonly Row<number>[] = [
  { releases: '<2026.5.12', value: 3, why: '2026.5.7 sends 3 to 3, and 2026.5.12 refuses 3' },
  { releases: ANY, value: 4, why: 'every release since' },
];

/** How many older protocols `gateway probe` also speaks, so that it can report an older gateway. */
const PROBE_BACK: readonly Row<number>[] = [
  { releases: '<2026.8.1', value: 0, why: 'it speaks the same protocol as every command' },
  { releases: ANY, value: 1, why: 'measured on 2026.9.6: 3 to 4' },
];

const PAYLOAD: Record<Form, readonly Row<PayloadVersion>[]> = {
  command: [
    { releases: '<2026.2.26', value: 'v2', why: '2026.2.25 signs v2' },
    { releases: ANY, value: 'v3', why: '2026.2.26 and every release since' },
  ],
  page: [{ releases: ANY, value: 'v2', why: 'the page signs v2 up to 2026.9.6, the newest release that was read' }],
};

const IDS: readonly Row<IdStyle>[] = [
  { releases: '<2026.8.1', value: 'uuid', why: '2026.7.1 numbers a request by a UUID alone' },
  { releases: ANY, value: 'counted-uuid', why: '2026.8.1 puts the number of the request, from 1, before the UUID' },
];

const FAMILY: Record<Form, readonly Row<string | null>[]> = {
  command: [
    { releases: '<=2026.9.1', value: null, why: 'no family up to 2026.9.1' },
    { releases: ANY, value: 'Linux', why: 'measured on 2026.9.6' },
  ],
  page: [{ releases: ANY, value: null, why: 'a page sends a family only on Apple devices' }],
};

/** The fields in which a client sends a device token if it has no other credential. */
export type DeviceTokenAs = 'token' | 'token-and-device-token';
const DEVICE_TOKEN: readonly Row<DeviceTokenAs>[] = [
  { releases: '<2026.2.25', value: 'token', why: 'there was no field for device tokens' },
  { releases: ANY, value: 'token-and-device-token', why: 'both fields have the same value' },
];

const PAGE_CAPS: readonly Row<readonly string[]>[] = [
  { releases: '<2026.3.13', value: [], why: 'up to 2026.2.26' },
  { releases: '<2026.8.1', value: ['tool-events'], why: '2026.3.13 to 2026.7.1' },
  {
    releases: ANY,
    value: [
      'agent-kind',
      'approvals',
      'task-suggestions',
      'terminal-offset-seq',
      'terminal-session-metadata',
      'terminal-upload-path-style',
      'tool-events',
      'inline-widgets',
      'model-selection-policy',
      'ui-commands',
      'usage-refreshing',
    ],
    why: 'the list of 2026.9.6; 2026.8.1 and 2026.9.1 lack some of it',
  },
];

/** The version that the page sends; null for the version of its release. */
const PAGE_VERSION: readonly Row<string | null>[] = [
  { releases: '<2026.3.13', value: 'dev', why: 'up to 2026.2.26' },
  { releases: '<2026.8.1', value: 'control-ui', why: 'before the first hello, 2026.3.13 to 2026.7.1' },
  { releases: ANY, value: null, why: 'the page is built with its release' },
];

const PAGE_TIME_ZONE: readonly Row<boolean>[] = [
  { releases: '<2026.8.1', value: false, why: '2026.7.1 sends none' },
  { releases: ANY, value: true, why: '2026.8.1 and every release since' },
];

/** True if the page sends the build of the package that it belongs to. */
const PAGE_BUILD: readonly Row<boolean>[] = [
  {
    releases: '<2026.8.1',
    value: false,
    why: '2026.7.1 has no such field, and its gateway refuses fields that it does not have',
  },
  { releases: ANY, value: true, why: '2026.8.1 and every release since: the gateway states its own build in hello' },
];

/** True if the page sends the shared secret both as a token and as a password. */
const PAGE_SECRET_TWICE: readonly Row<boolean>[] = [
  { releases: '<=2026.9.1', value: false, why: '2026.9.1 sends a token as a token' },
  { releases: ANY, value: true, why: '2026.9.6 does not ask its user which of them it is' },
];

/** What a browser sends about itself in `connect` and in its headers: Chromium 156 on Linux, as recorded, without the word "Headless". */
export const BROWSER = {
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
  platform: 'Linux x86_64',
  locale: 'en-US',
} as const;

/** What the client of one release and form sends. */
export type PublishedClient = {
  form: Form;
  version: string;
  protocols: Protocols;
  payload: PayloadVersion;
  ids: IdStyle;
  platform: string;
  deviceFamily: string | null;
  caps: readonly string[];
  deviceTokenAs: DeviceTokenAs;
  saysTimeZone: boolean;
  saysBuild: boolean;
  showsSecretTwice: boolean;
};

function factOf<T>(rows: readonly Row<T>[], release: string): T {
  const row = rows.find(({ releases }) => releases === ANY || inRange(release, releases));
  if (row === undefined) throw new Error(`no row of a table holds for ${release}`);
  return row.value;
}

/**
 * Gives what the client of a release sends. `release` is a version; one that cannot be read, such as "dev", counts as the newest. `mode` is
 * the mode in the connect params: a client of mode `probe` also speaks older protocols.
 */
export function publishedClient(release: string, form: Form, mode: string): PublishedClient {
  const protocol = factOf(PROTOCOL, release);
  const back = mode === 'probe' ? factOf(PROBE_BACK, release) : 0;
  const common = {
    form,
    payload: factOf(PAYLOAD[form], release),
    ids: factOf(IDS, release),
    deviceFamily: factOf(FAMILY[form], release),
    deviceTokenAs: factOf(DEVICE_TOKEN, release),
  };
  if (form === 'command') {
    return {
      ...common,
      version: release,
      protocols: { min: protocol - back, max: protocol },
      platform: 'linux',
      caps: [],
      saysTimeZone: false,
      saysBuild: false,
      showsSecretTwice: false,
    };
  }
  return {
    ...common,
    version: factOf(PAGE_VERSION, release) ?? release,
    protocols: { min: protocol, max: protocol },
    platform: BROWSER.platform,
    caps: factOf(PAGE_CAPS, release),
    saysTimeZone: factOf(PAGE_TIME_ZONE, release),
    saysBuild: factOf(PAGE_BUILD, release),
    showsSecretTwice: factOf(PAGE_SECRET_TWICE, release),
  };
}
