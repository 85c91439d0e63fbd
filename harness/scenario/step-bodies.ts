import { z } from 'zod';
import { claimsSchema } from './claims.ts';
import { environmentVariable, releaseText, slug, words } from './non-blank-text.ts';
import { BROWSER_VANTAGES, PROXY_SETUPS, VANTAGES } from './vantage.ts';

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
