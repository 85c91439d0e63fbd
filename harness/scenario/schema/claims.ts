import { z } from 'zod';
import { slug, words } from './text-schemas.ts';

/** The schema of the connect params of a client. A scenario gives them for the client; a knock can override them. */
export const claimsSchema = z.strictObject({
  kind: z
    .enum(['cli', 'backend', 'control-ui', 'webchat', 'node', 'probe'])
    .optional()
    .describe('A client id and mode of the published clients. Default: cli.'),
  clientId: words.optional().describe('Another client id than that of the kind.'),
  clientMode: words.optional(),
  role: z.enum(['operator', 'node']).optional().describe('Default: operator.'),
  scopes: z.array(words).optional().describe('The scopes that the client asks for. Default: none.'),
  platform: words.optional().describe('The platform. Default: that of the clients of the release on Linux.'),
  version: words.optional().describe('The version of the client. Default: that of the gateway.'),
  build: z
    .enum(['own', 'another', 'none'])
    .optional()
    .describe(
      'The build of the package that a page reports: that of the gateway (own, the default), another, or none, as a page that was open before an update does. Pages of releases before 2026.8.1 never report one.',
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
      'The credential. Default: the shared token. former-secret: the shared secret before its last change. device-token and bootstrap-token: the last one that this client got.',
    ),
  identity: z
    .enum(['own', 'none', 'home'])
    .optional()
    .describe("own (the default): a new key; none: no device block; home: the key in the gateway's home."),
  deviceOf: slug.optional().describe('A client whose device id the knock sends, while it signs with its own key.'),
  payload: z
    .enum(['v2', 'v3'])
    .optional()
    .describe('The form of the signed text. Default: that of the clients of the release. Every release accepts v2.'),
  signature: z.enum(['good', 'forged', 'wrong-nonce']).optional(),
  clockSkewSeconds: z.number().optional(),
  protocol: z
    .strictObject({ min: z.int(), max: z.int() })
    .optional()
    .describe('The protocol range. Default: that of the clients of the release.'),
  commands: z
    .array(words)
    .optional()
    .describe('The commands that a node reports. The client answers every invocation as done.'),
});
export type ClaimsDeclaration = z.infer<typeof claimsSchema>;
