import { quoted, type Sources } from '../properties/documentation.ts';
import { withImplied } from '../scenario/schema/scopes.ts';

/** Who may get events: operators with this scope, nodes alone, or everybody. */
type Audience = { scope: string } | 'nodes' | 'everybody';

const PAGE = 'docs/gateway/protocol/presence.md';

/** Whom the documentation promises which events, by the first row that matches the name of an event. */
export const EVENT_GUARDS: readonly { events: RegExp; audience: Audience; sources: Sources }[] = [
  {
    events: /^(?:exec|plugin)\.approval\./,
    audience: { scope: 'operator.approvals' },
    sources: [quoted(PAGE, 'explicit entries such as `plugin.approval.requested` / `plugin.approval.resolved` use')],
  },
  {
    events: /^(?:device|node)\.pair\./,
    audience: { scope: 'operator.pairing' },
    sources: [
      quoted(
        'docs/gateway/protocol/rpc-bootstrap-and-events.md',
        '`device.pair.requested` / `device.pair.resolved`: paired-device approval lifecycle.',
        'The page names the scope for the hand-over of a setup code alone. Calls about the same requests need it.',
      ),
    ],
  },
  {
    events: /^(?:agent|chat|session\.(?:message|tool)|sessions\.changed)$/,
    audience: { scope: 'operator.read' },
    sources: [quoted(PAGE, 'require at least `operator.read`. Sessions without it skip these frames entirely.')],
  },
  {
    events: /^node\.invoke\./,
    audience: 'nodes',
    sources: [
      quoted(
        'docs/gateway/protocol/rpc-bootstrap-and-events.md',
        '`node.invoke.request`: node invoke request broadcast.',
        'The page does not say who gets it. A command for a node concerns that node alone.',
      ),
    ],
  },
  {
    events: /^voicewake\./,
    audience: 'everybody',
    sources: [
      quoted('docs/nodes/voicewake.md', 'the Gateway persists the change and broadcasts it to every connected client.'),
    ],
  },
  {
    events: /^(?:connect\.challenge|heartbeat|presence|tick|shutdown|health)$/,
    audience: 'everybody',
    sources: [quoted(PAGE, 'stay unrestricted so transport health is observable to every authenticated session.')],
  },
];

/** Whether the documentation lets a caller of this role, with these scopes, get the event; null if it does not speak of the event. */
export function mayHear(event: string, { role, holds }: { role: string; holds: readonly string[] }): boolean | null {
  const audience = EVENT_GUARDS.find((guard) => guard.events.test(event))?.audience;
  if (audience === undefined) return null;
  if (audience === 'everybody') return true;
  if (audience === 'nodes') return role === 'node';
  return role === 'operator' && withImplied(holds).includes(audience.scope);
}
