import { z } from 'zod';
import { claimsSchema } from './claims.ts';
import { environmentVariable, releaseText, slug, words } from './text-schemas.ts';
import { BROWSER_VANTAGES, PROXY_SETUPS, VANTAGES } from './vantage.ts';

const headers = z.record(z.string(), z.string()).describe('Headers of the upgrade request, such as Host and Origin.');
const by = slug.optional().describe('The client that makes the call. Default: the operator.');
const of = slug.describe('The client whose device or request the step is about.');

/** One WebSocket input that no published client sends. */
const rawFrameSchema = z.union([
  z.strictObject({ text: z.string() }).describe('A text frame with exactly this text.'),
  z.strictObject({ binary: z.int().min(0).max(1_000_000) }).describe('A binary frame with this number of zero bytes.'),
  z
    .strictObject({ request: words, bytes: z.int().max(64_000_000).optional() })
    .describe('A well-formed request of this method, padded to this number of bytes.'),
  z
    .strictObject({ fragments: z.int().min(1).max(10_000) })
    .describe('A text message in this number of fragments, without a final one.'),
  z.strictObject({ close: z.int().min(1000).max(4999) }).describe('A close frame with this code.'),
]);
export type RawFrame = z.infer<typeof rawFrameSchema>;

/** The schema of the body of each kind of step, by kind. */
export const STEP_BODIES = {
  knock: z.strictObject({
    as: slug,
    from: z.enum(VANTAGES),
    through: z.enum(PROXY_SETUPS).optional().describe('The nginx setup, for proxy and proxy-lan. Default: documented.'),
    headers: headers.optional(),
    afterSeconds: z
      .number()
      .max(60)
      .optional()
      .describe('How many seconds the client waits before it answers the challenge.'),
    fragments: z
      .int()
      .min(2)
      .max(1000)
      .optional()
      .describe('The number of WebSocket fragments in which the client sends its `connect` request. Default: 1.'),
    replay: z
      .literal(true)
      .optional()
      .describe('Sends the `connect` request of the last knock again, byte for byte, with the same signature.'),
    claims: claimsSchema
      .partial()
      .optional()
      .describe('Connect params that this knock changes; the client gives the others.'),
  }),
  call: z.strictObject({
    as: slug,
    method: words,
    params: z
      .record(z.string(), z.json())
      .default({})
      .describe(
        'Postern replaces "<device of phone>", "<request of phone>" and "<node-request of phone>" by ids of the client "phone".',
      ),
  }),
  turn: z
    .strictObject({
      as: slug.describe('A client with an open connection that holds operator.write.'),
      agent: z.enum(['main', 'helper', 'outsider']).default('main'),
      by: z
        .enum(['person', 'job'])
        .default('person')
        .describe(
          'person: the client itself. job: a cron job that the client adds, in a session of its own; the client must hold operator.admin.',
        ),
      session: slug
        .optional()
        .describe(
          'The session of the turn; turns of this client with the same name share it. Default: a session of its own.',
        ),
      tool: words.describe('The tool that the mock LLM asks for.'),
      arguments: z.record(z.string(), z.json()).default({}),
      withinSeconds: z
        .number()
        .max(300)
        .default(180)
        .describe('How many seconds the turn may take. The result of a longer turn is not known.'),
    })
    .describe('A turn of an agent in which the mock LLM asks for one tool. Needs `gateway: { model: true }`.'),
  frames: z
    .strictObject({
      as: slug
        .optional()
        .describe(
          'The client on whose open connection the input is sent. Default: a new connection, after the challenge.',
        ),
      from: z.enum(VANTAGES).default('loopback'),
      through: z.enum(PROXY_SETUPS).optional(),
      headers: headers.optional(),
      send: z.array(rawFrameSchema).default([]).describe('The input, in order. Default: the client sends nothing.'),
      connections: z.int().min(1).max(200).default(1).describe('The number of connections at the same time.'),
      withinSeconds: z
        .number()
        .max(60)
        .default(15)
        .describe('How many seconds the gateway may take to close the connection.'),
    })
    .describe('Sends input that no published client sends, and waits until the gateway closes the connection.'),
  cli: z.strictObject({
    run: z.array(words).min(1).describe('The arguments of the real openclaw command.'),
    in: z
      .enum(['gateway', 'sidecar', 'peer'])
      .describe(
        'The container: gateway: that of the gateway. sidecar: another container in its network namespace. peer: the peer, which reaches it over the network.',
      ),
    home: z
      .enum(['gateway', 'own', 'fresh'])
      .default('gateway')
      .describe(
        "The home of the command: the gateway's, one of its own that lasts for the scenario, or a fresh one each time.",
      ),
    token: z.boolean().default(false).describe('Whether the shared token is passed on the command line.'),
    of: slug
      .optional()
      .describe(
        'The client by whose ids Postern replaces "<device>" (its device id), "<request>" and "<node-request>" (the ids of its pending requests as a device and as a node) in the arguments.',
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
      .describe('first: the oldest request id that Postern observed for the device, stale or not.'),
  }),
  reject: z.strictObject({ as: by, of }),
  rotate: z.strictObject({ as: by, of, role: words.default('operator'), scopes: z.array(words).optional() }),
  revoke: z.strictObject({ as: by, of, role: words.default('operator') }),
  remove: z.strictObject({ as: by, of }),
  bootstrap: z
    .strictObject({
      of,
      overheardBy: slug.optional().describe('A second client that gets the same code.'),
      limited: z.boolean().default(false),
    })
    .describe('Creates a setup code with `openclaw qr`, and gives its token to the client.'),
  rows: z.strictObject({}).describe('Counts the rows of the pairing list.'),
  files: z.union([
    z
      .strictObject({ in: z.literal('gateway'), remove: z.array(words).min(1) })
      .describe("Removes files or folders below the gateway's ~/.openclaw while the gateway runs."),
    z
      .strictObject({ in: z.literal('gateway'), put: z.record(words, z.json()) })
      .describe(
        'Writes JSON files below the gateway\'s ~/.openclaw, by path. Postern replaces "<new-secret>" by a new shared secret.',
      ),
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
        .describe(
          'Whether the shared secret is sent as a bearer token. former: the shared secret before its last change.',
        ),
      json: z.json().optional().describe('The body of the request, sent as JSON. Default: no body.'),
    })
    .describe('Sends an HTTP request to the gateway.'),
  browser: z
    .strictObject({
      as: slug.describe(
        'The client that uses the browser; its profile lasts for the scenario. Of the connect params of the client, only the credential counts.',
      ),
      from: z
        .enum(BROWSER_VANTAGES)
        .describe('The vantage: over plain HTTP on loopback and lan, over HTTPS through a proxy.'),
      through: z
        .enum(PROXY_SETUPS)
        .optional()
        .describe('The nginx setup, for proxy and proxy-lan. Default: documented.'),
      page: z
        .enum(['control-ui', 'foreign', 'rebound'])
        .default('control-ui')
        .describe(
          "control-ui: the gateway's own page. foreign: a page of another origin, which opens a connection to the gateway. rebound: the same for a page whose own name was made to lead to the gateway (DNS rebinding).",
        ),
      reads: z
        .array(z.string().startsWith('/'))
        .min(1)
        .max(20)
        .optional()
        .describe(
          'Paths of the gateway for which a page of another site asks by HTTP first, plainly and with its secret. The page then says "Read: ", and the path and status of each answer that the browser lets it read, or "nothing".',
        ),
      path: z.string().startsWith('/').default('/').describe("The path of the gateway's own page."),
      click: words
        .optional()
        .describe(
          'The label of a button that Postern clicks on the page; it answers every dialog of the page with yes.',
        ),
      withinSeconds: z
        .number()
        .max(60)
        .default(30)
        .describe('How many seconds the page may take to begin and end a handshake.'),
    })
    .describe('Opens a page in a real browser. The connection of the page is judged like a knock.'),
  restart: z
    .strictObject({
      kill: z
        .boolean()
        .default(false)
        .describe('Whether the container is killed (SIGKILL), so that the gateway cannot shut down cleanly.'),
    })
    .describe('Stops and starts the same container.'),
  recreate: z.strictObject({ home: z.enum(['kept', 'fresh']) }).describe('Removes the container and starts a new one.'),
  upgrade: z.strictObject({ to: releaseText.optional().describe('The release. Default: the gateway under test.') }),
  configure: z
    .strictObject({
      set: z
        .record(z.string(), z.json())
        .describe('Config keys with new values. Postern replaces "<new-secret>" by a new shared secret.'),
      reload: z
        .boolean()
        .default(false)
        .describe('Whether Postern only writes the file, and leaves it to the running gateway to notice the change.'),
    })
    .describe('Merges values into the config and restarts the gateway; null removes a key.'),
  wait: z.union([
    z.strictObject({
      closed: slug.describe('The client whose open connection must close.'),
      withinSeconds: z.number().max(120).default(15),
    }),
    z.strictObject({
      expired: slug.describe('The client whose pending request must leave the pairing list.'),
      withinSeconds: z.number().max(900).default(420),
    }),
  ]),
} as const;
