import { z } from 'zod';
import { slug, words } from './non-blank-text.ts';

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
