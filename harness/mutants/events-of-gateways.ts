import type { Edit } from './patch.ts';
import { comparisonAnd, NOTHING, onEach, type SurveyMutant } from './survey-mutant.ts';

/** The properties that these mutants break. */
const SCOPE = 'an-event-needs-its-scope';
const CONTENT = 'content-needs-a-scope';
const SECRET = 'no-secret-in-an-event';

/**
 * The edit with which a client gets an event if `condition` is true: JavaScript about the `event`, its `role` and its `scopes`. All generations decide in
 * one function.
 */
const hearsIf = (condition: string): Edit => ({
  start: 'hasEventScope',
  with: `{ const role = client.connect.role ?? "operator"; const scopes = Array.isArray(client.connect.scopes) ? client.connect.scopes : []; if (${condition}) return true; }`,
});

/** JavaScript for the payload of an event, which has this name, with the shared secret, which the gateway reads from its config. */
const withSecret = (payload: string): string =>
  `{ ...${payload}, token: JSON.parse(process.getBuiltinModule("node:fs").readFileSync(process.env.HOME + "/.openclaw/openclaw.json", "utf8")).gateway.auth.token }`;

/** Where a gateway makes the frame of an event. */
const OF_THE_FRAME = { in: 'createGatewayBroadcaster' } as const;

/** Why nobody notices a mutant that no longer asks for a scope when a message is sent. Measured on 2026.4.1 and 2026.9.6. */
const SUBSCRIBED =
  'A message reaches only clients that subscribed to its session, which takes operator.read. This change alone lets nobody hear more.';

/** Mutants with which an event, or a secret in it, reaches clients that must not get it. */
export const EVENTS_OF_GATEWAYS: readonly SurveyMutant[] = [
  {
    id: 'everybody-hears-everything',
    says: 'Every event reaches every client.',
    expects: comparisonAnd(SCOPE, CONTENT),
    on: onEach(hearsIf('true')),
  },
  {
    id: 'operators-without-scope-hear-everything',
    says: 'Every event reaches every operator, also one without a scope.',
    expects: comparisonAnd(SCOPE, CONTENT),
    on: onEach(hearsIf('role === "operator"')),
  },
  {
    id: 'nodes-hear-operators',
    says: 'Every event reaches nodes too.',
    expects: comparisonAnd(SCOPE, CONTENT),
    on: onEach(hearsIf('role === "node"')),
  },
  {
    id: 'readers-hear-requests-for-pairing',
    says: 'Events about pairing reach operators that may only read.',
    expects: comparisonAnd(SCOPE),
    on: onEach(hearsIf('/^(device|node)\\.pair\\./.test(event) && scopes.includes("operator.read")')),
  },
  {
    id: 'approvers-read-sessions',
    says: 'The messages of sessions reach operators that may only approve.',
    expects: NOTHING,
    unseen: SUBSCRIBED,
    on: onEach(hearsIf('event === "session.message" && scopes.includes("operator.approvals")')),
  },
  {
    id: 'nobody-is-kept-from-messages',
    says: 'The messages of sessions reach every client.',
    expects: NOTHING,
    unseen: SUBSCRIBED,
    on: onEach(hearsIf('event === "session.message"')),
  },
  {
    id: 'events-show-the-shared-secret',
    says: 'Every event has the shared secret in it.',
    expects: comparisonAnd(SECRET),
    on: {
      '2026.4.1': [
        {
          ...OF_THE_FRAME,
          call: 'stringify',
          argument: 0,
          with: `{ type: "event", event, payload: ${withSecret('payload')}, seq: eventSeq, stateVersion: opts?.stateVersion }`,
        },
      ],
      '2026.7.1': [
        {
          ...OF_THE_FRAME,
          call: 'serializeFrameField',
          saying: '"payload", payload',
          argument: 1,
          with: withSecret('payload'),
        },
      ],
      '2026.9.6': [
        {
          ...OF_THE_FRAME,
          call: 'serializeFrameField',
          saying: '"payload", value',
          argument: 1,
          with: withSecret('value'),
        },
      ],
    },
  },
];
