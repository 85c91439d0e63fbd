import { z } from 'zod';
import { EXPECTATION_FOR } from './expectation.ts';
import { releaseText, words } from './words.ts';

export const VANTAGES = ['loopback', 'lan', 'published', 'proxy', 'proxy-lan'] as const;
export type Vantage = (typeof VANTAGES)[number];

/** Where a browser can run: a published port is reached from the host alone. */
export const BROWSER_VANTAGES = ['loopback', 'lan', 'proxy', 'proxy-lan'] as const satisfies readonly Vantage[];
export type BrowserVantage = (typeof BROWSER_VANTAGES)[number];

export const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
export const environmentVariable = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'an environment variable');

/** How nginx is set up in front of the gateway; harness/gateway/proxies.ts has the table with the reasons. */
export const PROXY_SETUPS = [
  'documented',
  'bare',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-real-ip',
  'behind-another',
] as const;
export type ProxySetup = (typeof PROXY_SETUPS)[number];

/** What a client may say of itself: given for the client, and overridden by a single knock. */
export const claimsSchema = z.strictObject({
  kind: z
    .enum(['cli', 'backend', 'control-ui', 'webchat', 'node', 'probe'])
    .optional()
    .describe('Client id and mode that gateways ship with; cli unless given.'),
  clientId: words.optional().describe('A client id of its own, instead of that of the kind.'),
  clientMode: words.optional(),
  role: z.enum(['operator', 'node']).optional().describe('operator unless given.'),
  scopes: z.array(words).optional().describe('What is asked for; nothing unless given.'),
  platform: words.optional().describe('What clients of the release say on Linux, unless given.'),
  version: words.optional().describe('The version of the gateway, unless given.'),
  build: z
    .enum(['own', 'another', 'none'])
    .optional()
    .describe(
      'Which build of the package a page says that it belongs to: that of the gateway (own, unless given), another, or none, as a page that was left open over an update. Pages of releases before 2026.8.1 never say one.',
    ),
  deviceFamily: words.optional(),
  credential: z
    .enum([
      'token',
      'wrong-token',
      'password',
      'wrong-password',
      'former-secret',
      'device-token',
      'bootstrap-token',
      'none',
    ])
    .optional()
    .describe(
      'The shared token unless given. former-secret: the shared secret before it was changed last. device-token and bootstrap-token: the one that this client was given last.',
    ),
  identity: z
    .enum(['own', 'none', 'home'])
    .optional()
    .describe("own (unless given): a new key; none: no device block; home: the key that lies in the gateway's home."),
  deviceOf: slug.optional().describe('Says that it is the device of that client, and signs with its own key.'),
  payload: z
    .enum(['v2', 'v3'])
    .optional()
    .describe(
      'Which of the two texts is signed; that of the clients of the release, unless given. Every release takes v2.',
    ),
  signature: z.enum(['good', 'forged', 'wrong-nonce']).optional(),
  clockSkewSeconds: z.number().optional(),
  protocol: z
    .strictObject({ min: z.int(), max: z.int() })
    .optional()
    .describe('That of the clients of the release, unless given.'),
  commands: z
    .array(words)
    .optional()
    .describe('What it says that it can run, as nodes do; whatever it is then asked to run, it answers as done.'),
});
export type ClaimsDeclaration = z.infer<typeof claimsSchema>;

const headers = z.record(z.string(), z.string()).describe('Sent with the upgrade request, Host and Origin included.');
const by = slug.optional().describe('The client that asks; without it, the operator of the harness.');
const of = slug.describe('The client whose device it is about.');

/** One thing that a client puts on the wire although no honest one would. */
const rawFrameSchema = z.union([
  z.strictObject({ text: z.string() }).describe('A text frame, letter for letter.'),
  z.strictObject({ binary: z.int().min(0).max(1_000_000) }).describe('A binary frame of so many zero bytes.'),
  z
    .strictObject({ request: words, bytes: z.int().max(64_000_000).optional() })
    .describe('A well-formed request of this method, filled up to so many bytes.'),
  z
    .strictObject({ fragments: z.int().min(1).max(10_000) })
    .describe('A text that begins and goes on in so many fragments, and never ends.'),
  z.strictObject({ close: z.int().min(1000).max(4999) }).describe('A close frame with this code.'),
]);
export type RawFrame = z.infer<typeof rawFrameSchema>;

/** What each kind of step takes. The keys are the kinds. */
export const STEP_BODIES = {
  knock: z.strictObject({
    as: slug,
    from: z.enum(VANTAGES),
    through: z.enum(PROXY_SETUPS).optional().describe('Which nginx, for proxy and proxy-lan; documented unless given.'),
    headers: headers.optional(),
    afterSeconds: z.number().max(60).optional().describe('How long it thinks before it answers the challenge.'),
    fragments: z
      .int()
      .min(2)
      .max(1000)
      .optional()
      .describe('In how many pieces it sends its answer; one unless given.'),
    replay: z
      .literal(true)
      .optional()
      .describe('Sends the request of its last knock once more, letter for letter, signature included.'),
    claims: claimsSchema
      .partial()
      .optional()
      .describe('What this knock says instead of what the client says otherwise.'),
  }),
  call: z.strictObject({
    as: slug,
    method: words,
    params: z
      .record(z.string(), z.json())
      .default({})
      .describe(
        '"<device of phone>", "<request of phone>" and "<node-request of phone>" stand for ids of that client.',
      ),
  }),
  turn: z
    .strictObject({
      as: slug.describe('A client with an open connection that may write.'),
      agent: z.enum(['main', 'helper', 'outsider']).default('main'),
      by: z
        .enum(['person', 'job'])
        .default('person')
        .describe(
          'job: a cron job that the client adds (it must hold operator.admin) takes the turn, in a session of its own.',
        ),
      session: slug.optional().describe('A session that turns of this client share; one of its own unless given.'),
      tool: words.describe('The tool that the model asks for.'),
      arguments: z.record(z.string(), z.json()).default({}),
      withinSeconds: z.number().max(120).default(60),
    })
    .describe('A turn of an agent, whose (mock) model asks for one tool. Needs `gateway: { model: true }`.'),
  frames: z
    .strictObject({
      as: slug
        .optional()
        .describe('On the open connection of this client; without it, on a new one, at the challenge.'),
      from: z.enum(VANTAGES).default('loopback'),
      through: z.enum(PROXY_SETUPS).optional(),
      headers: headers.optional(),
      send: z.array(rawFrameSchema).default([]).describe('Nothing unless given: the client says no word.'),
      connections: z.int().min(1).max(200).default(1).describe('How many such connections at once.'),
      withinSeconds: z.number().max(60).default(15).describe('How long the gateway may take to end it.'),
    })
    .describe('What the gateway does with input that no honest client sends.'),
  cli: z.strictObject({
    run: z.array(words).min(1).describe('Arguments of the real openclaw command.'),
    in: z
      .enum(['gateway', 'sidecar', 'peer'])
      .describe(
        'gateway: its container. sidecar: another container in its network namespace. peer: a container that reaches it over the network.',
      ),
    home: z
      .enum(['gateway', 'own', 'fresh'])
      .default('gateway')
      .describe("Whose home: the gateway's, one that lasts for the scenario, or a new one each time."),
    token: z.boolean().default(false).describe('Pass the shared token on the command line.'),
    of: slug
      .optional()
      .describe(
        'A client: "<device>", "<request>" and "<node-request>" among the arguments stand for its device id and for the ids of its pending requests, as a device and as a node.',
      ),
    environment: z
      .record(environmentVariable, z.string())
      .default({})
      .describe('Set for this command alone; "<token>" stands for the shared token.'),
  }),
  approve: z.strictObject({
    as: by,
    of,
    request: z
      .enum(['current', 'first'])
      .default('current')
      .describe('first: the oldest request id that was seen for the device, stale or not.'),
  }),
  reject: z.strictObject({ as: by, of }),
  rotate: z.strictObject({ as: by, of, role: words.default('operator'), scopes: z.array(words).optional() }),
  revoke: z.strictObject({ as: by, of, role: words.default('operator') }),
  remove: z.strictObject({ as: by, of }),
  bootstrap: z
    .strictObject({
      of,
      overheardBy: slug.optional().describe('A client that got hold of the same code.'),
      limited: z.boolean().default(false),
    })
    .describe('Mint a setup code with `openclaw qr` and give its token to the client.'),
  rows: z.strictObject({}).describe('Count the rows of the pairing list.'),
  files: z.union([
    z
      .strictObject({ in: z.literal('gateway'), remove: z.array(words).min(1) })
      .describe("Remove files or folders below the gateway's ~/.openclaw, while it runs."),
    z
      .strictObject({ in: z.literal('gateway'), put: z.record(words, z.json()) })
      .describe('Put JSON files there, by path; "<new-secret>" stands for a new shared secret.'),
  ]),
  http: z
    .strictObject({
      from: z.enum(VANTAGES),
      through: z.enum(PROXY_SETUPS).optional(),
      method: z.enum(['GET', 'POST']).default('GET'),
      path: z.string().startsWith('/'),
      headers: headers.optional(),
      token: z
        .union([z.boolean(), z.literal('former')])
        .default(false)
        .describe('Send the shared token as a bearer; former: the one before it was changed last.'),
    })
    .describe("A plain request to the gateway's HTTP surface."),
  browser: z
    .strictObject({
      as: slug.describe('Whose browser: its profile lasts for the scenario. Of its claims only the credential counts.'),
      from: z.enum(BROWSER_VANTAGES).describe('Over plain HTTP on loopback and lan, over HTTPS through a proxy.'),
      through: z
        .enum(PROXY_SETUPS)
        .optional()
        .describe('Which nginx, for proxy and proxy-lan; documented unless given.'),
      page: z
        .enum(['control-ui', 'foreign'])
        .default('control-ui')
        .describe("The gateway's own page, or one of another origin that opens a connection to the gateway."),
      path: z.string().startsWith('/').default('/').describe("Which of the gateway's own pages."),
      click: words
        .optional()
        .describe('The label of a button that is then clicked; every question of the page is answered with yes.'),
      withinSeconds: z
        .number()
        .max(60)
        .default(30)
        .describe('How long the page may take to have begun and ended a handshake.'),
    })
    .describe('Opens a page in a real browser. What the page does with the gateway is judged like a knock.'),
  restart: z
    .strictObject({ kill: z.boolean().default(false).describe('Give it no time to say goodbye.') })
    .describe('Stop and start the same container.'),
  recreate: z.strictObject({ home: z.enum(['kept', 'fresh']) }).describe('Remove the container, start a new one.'),
  upgrade: z.strictObject({ to: releaseText.optional().describe('Without it: the gateway under test.') }),
  configure: z
    .strictObject({
      set: z.record(z.string(), z.json()).describe('"<new-secret>" stands for a new shared secret.'),
      reload: z
        .boolean()
        .default(false)
        .describe('Write the file beneath the running gateway, and let it do about that what it does.'),
    })
    .describe('Merge over the config, then start anew; null takes a key out.'),
  wait: z.union([
    z.strictObject({
      closed: slug.describe('The client whose open connection must end.'),
      withinSeconds: z.number().max(120).default(15),
    }),
    z.strictObject({
      expired: slug.describe('The client whose pending request must go from the list.'),
      withinSeconds: z.number().max(900).default(420),
    }),
  ]),
} as const;

const everyStep = {
  name: slug.optional().describe('Names the check; required with `expect`. The check id is scenario-id/name.'),
  because: words.optional().describe('Why the expectation is right, where that is not plain.'),
  twin: slug
    .optional()
    .describe(
      'For a refusal: the check that shows the same door open. Found by itself where the same client, or one from the same vantage, is admitted.',
    ),
};

/** What stands beside the body of a step that can show this. */
export function around<E extends z.ZodType>(expectation: E) {
  return {
    ...everyStep,
    expect: expectation.optional().describe('Right behaviour, on every release.'),
    hardened: z
      .strictObject({ range: words, because: words, expect: expectation })
      .optional()
      .describe(
        'Later releases that are stricter on purpose: the refusal that is right behaviour there instead of `expect`, or all of it and more.',
      ),
    symptom: expectation.optional().describe('What users saw on the affected releases, exactly.'),
  };
}

/** A step as it is used: in the file its kind is the key of its body. */
function stepOf<K extends string, B, R>(kind: K, body: B, rest: R): { kind: K; body: B } & R {
  return { kind, body, ...rest };
}

/** Kinds of step that are carried out one by one. */
const SINGLE_STEPS = {
  knock: z
    .strictObject({ knock: STEP_BODIES.knock, ...around(EXPECTATION_FOR.knock) })
    .transform(({ knock, ...rest }) => stepOf('knock', knock, rest)),
  call: z
    .strictObject({ call: STEP_BODIES.call, ...around(EXPECTATION_FOR.call) })
    .transform(({ call, ...rest }) => stepOf('call', call, rest)),
  turn: z
    .strictObject({ turn: STEP_BODIES.turn, ...around(EXPECTATION_FOR.turn) })
    .transform(({ turn, ...rest }) => stepOf('turn', turn, rest)),
  frames: z
    .strictObject({ frames: STEP_BODIES.frames, ...around(EXPECTATION_FOR.frames) })
    .transform(({ frames, ...rest }) => stepOf('frames', frames, rest)),
  cli: z
    .strictObject({ cli: STEP_BODIES.cli, ...around(EXPECTATION_FOR.cli) })
    .transform(({ cli, ...rest }) => stepOf('cli', cli, rest)),
  approve: z
    .strictObject({ approve: STEP_BODIES.approve, ...around(EXPECTATION_FOR.approve) })
    .transform(({ approve, ...rest }) => stepOf('approve', approve, rest)),
  reject: z
    .strictObject({ reject: STEP_BODIES.reject, ...around(EXPECTATION_FOR.reject) })
    .transform(({ reject, ...rest }) => stepOf('reject', reject, rest)),
  rotate: z
    .strictObject({ rotate: STEP_BODIES.rotate, ...around(EXPECTATION_FOR.rotate) })
    .transform(({ rotate, ...rest }) => stepOf('rotate', rotate, rest)),
  revoke: z
    .strictObject({ revoke: STEP_BODIES.revoke, ...around(EXPECTATION_FOR.revoke) })
    .transform(({ revoke, ...rest }) => stepOf('revoke', revoke, rest)),
  remove: z
    .strictObject({ remove: STEP_BODIES.remove, ...around(EXPECTATION_FOR.remove) })
    .transform(({ remove, ...rest }) => stepOf('remove', remove, rest)),
  bootstrap: z
    .strictObject({ bootstrap: STEP_BODIES.bootstrap, ...around(EXPECTATION_FOR.bootstrap) })
    .transform(({ bootstrap, ...rest }) => stepOf('bootstrap', bootstrap, rest)),
  rows: z
    .strictObject({ rows: STEP_BODIES.rows, ...around(EXPECTATION_FOR.rows) })
    .transform(({ rows, ...rest }) => stepOf('rows', rows, rest)),
  files: z
    .strictObject({ files: STEP_BODIES.files, ...around(EXPECTATION_FOR.files) })
    .transform(({ files, ...rest }) => stepOf('files', files, rest)),
  http: z
    .strictObject({ http: STEP_BODIES.http, ...around(EXPECTATION_FOR.http) })
    .transform(({ http, ...rest }) => stepOf('http', http, rest)),
  browser: z
    .strictObject({ browser: STEP_BODIES.browser, ...around(EXPECTATION_FOR.browser) })
    .transform(({ browser, ...rest }) => stepOf('browser', browser, rest)),
  restart: z
    .strictObject({ restart: STEP_BODIES.restart, ...around(EXPECTATION_FOR.restart) })
    .transform(({ restart, ...rest }) => stepOf('restart', restart, rest)),
  recreate: z
    .strictObject({ recreate: STEP_BODIES.recreate, ...around(EXPECTATION_FOR.recreate) })
    .transform(({ recreate, ...rest }) => stepOf('recreate', recreate, rest)),
  upgrade: z
    .strictObject({ upgrade: STEP_BODIES.upgrade, ...around(EXPECTATION_FOR.upgrade) })
    .transform(({ upgrade, ...rest }) => stepOf('upgrade', upgrade, rest)),
  configure: z
    .strictObject({ configure: STEP_BODIES.configure, ...around(EXPECTATION_FOR.configure) })
    .transform(({ configure, ...rest }) => stepOf('configure', configure, rest)),
  wait: z
    .strictObject({ wait: STEP_BODIES.wait, ...around(EXPECTATION_FOR.wait) })
    .transform(({ wait, ...rest }) => stepOf('wait', wait, rest)),
} as const;

/** What many may do at once: the gateway has to put it in some order. */
const { knock, call, approve, reject, rotate, revoke, remove } = SINGLE_STEPS;
const HELD_STEPS = { knock, call, approve, reject, rotate, revoke, remove } as const;

/** The body of a step that holds others. */
export function atOnce<S extends z.ZodType>(held: S) {
  return z
    .array(held)
    .min(2)
    .max(30)
    .describe('Steps at once: each is brought to the point of asking, then all ask, then all look at what came of it.');
}

/** One schema per kind, in the order of STEP_KINDS. */
export const STEP_SCHEMAS = {
  ...SINGLE_STEPS,
  together: z
    .strictObject({
      together: atOnce(z.union(Object.values(HELD_STEPS))),
      ...around(EXPECTATION_FOR.together),
    })
    .transform(({ together, ...rest }) => stepOf('together', together, rest)),
} as const;

export type StepKind = keyof typeof STEP_SCHEMAS;
export const STEP_KINDS = Object.keys(STEP_SCHEMAS) as StepKind[];
/** The kinds that may stand in a `together` step. */
export const HELD_KINDS = Object.keys(HELD_STEPS) as (keyof typeof HELD_STEPS)[];

export const stepSchema = z.union(Object.values(STEP_SCHEMAS));
export type Step = z.infer<typeof stepSchema>;
export type StepOf<K extends StepKind> = Extract<Step, { kind: K }>;
export type StepBody<K extends StepKind> = StepOf<K>['body'];

/** A step as it stands in a file. */
export function writtenStep({ kind, body, ...rest }: Step): Record<string, unknown> {
  return { [kind]: kind === 'together' ? body.map(writtenStep) : body, ...rest };
}
