/** A fact that holds on some releases and not on others, where both are right. Scenarios and the reference model refer to it by name. */
type ReleaseFact = {
  /** The releases on which the fact holds. */
  releases: string;
  /** The behaviour on these releases. */
  statement: string;
  /** The behaviour on other releases. */
  elsewhere: string;
  /** The observation that would prove the fact wrong. */
  falseIf: string;
  /** The id of the scenario that shows it. */
  shownBy: string;
};

/**
 * The facts by which releases rightly differ. `needs: <name>` limits a scenario to the releases on which the fact holds; `hardened: <name>`
 * says that these releases are stricter.
 */
export const FACTS = {
  'pinned-metadata': {
    releases: '>=2026.2.26',
    statement: 'A device that reports another platform than the approved one needs approval.',
    elsewhere: 'Earlier releases admit a device that reports another platform or device family.',
    falseIf:
      'On these releases, a paired device that reports another platform is admitted; or it needs approval on an earlier release.',
    shownBy: 'identity/metadata-upgrade',
  },
  'upgrades-are-named': {
    releases: '>=2026.2.19',
    statement: 'The gateway says in its refusal and its log that a paired device asks for more scopes.',
    elsewhere:
      '2026.2.17 refuses a paired device that asks for more scopes like an unknown device, and logs no difference.',
    falseIf:
      'On these releases, the refusal of a paired device that asks for more scopes has another reason than scope-upgrade, or on 2026.2.17 it has this one.',
    shownBy: 'stale-scopes/remote-upgrade',
  },
  'admin-includes-the-rest': {
    releases: '>=2026.2.26',
    statement:
      'A device that was approved for `operator.admin` needs no approval for `operator.read` or `operator.write`.',
    elsewhere: 'Earlier releases compare the names of scopes, so admin includes no other scope.',
    falseIf:
      'On these releases, a device that was approved for admin alone needs approval for read; or it needs none on an earlier release.',
    shownBy: 'stale-scopes/admin-is-a-superset',
  },
  'device-tokens': {
    releases: '>=2026.3.2',
    statement: 'A client presents a device token in a field of its own.',
    elsewhere: 'Earlier releases accept a device token only in the field of the shared token.',
    falseIf:
      'A paired device that presents its token in the field for device tokens is refused on these releases, or admitted on an earlier one.',
    shownBy: 'identity/device-token-mismatch',
  },
  'command-beside-a-lan-gateway': {
    releases: '>=2026.3.13',
    statement: "The command in the gateway's container is local to a gateway that is bound to its network.",
    elsewhere:
      "On a gateway that is bound to its network, the command of 2026.2 connects to the container's own address, and the gateway refuses it as remote.",
    falseIf: 'On these releases, the gateway refuses the command in its container as a remote client.',
    shownBy: 'container-home/approve-from-inside',
  },
  'command-across-the-network': {
    releases: '>=2026.3.13',
    statement: 'The command connects to a gateway on another machine without TLS if it is told to.',
    elsewhere:
      'The command of 2026.2 itself refuses a plain connection across the network, so the gateway gets no request.',
    falseIf: 'On these releases, the command ends before the gateway has logged its connection.',
    shownBy: 'container-home/client-container',
  },
  'probe-before-a-turn': {
    releases: '>=2026.3.24 <2026.4.20 || >=2026.5.2',
    statement: 'An agent can take its first turn, after a probe, on a stage without access to the internet.',
    elsewhere:
      'On earlier releases, the probe does not reach the gateway within its time limit of three seconds. 2026.4.20 installs packages for the first turn, which fails without access to the internet.',
    falseIf:
      'On these releases, the probe ends without an answer of the gateway, or the first turn without a result of its tool.',
    shownBy: 'stale-scopes/spawn-after-probe',
  },
  'token-for-the-shared-secret': {
    releases: '>=2026.3.31',
    statement: 'The gateway issues a device token to a client that presents the shared token.',
    elsewhere:
      'From 2026.3.11 to 2026.3.28, the gateway issues no device token to a client that presents the shared token.',
    falseIf: 'On these releases, a paired client that presents the shared token is admitted and gets no device token.',
    shownBy: 'identity/command-handles-nodes',
  },
  'revocation-takes-the-role': {
    releases: '>=2026.3.31',
    statement: 'A device whose token is revoked loses the role, and needs approval to get it back.',
    elsewhere: 'On earlier releases, such a device gets a new token with the shared secret and its key.',
    falseIf:
      'A device whose token was revoked is admitted with the shared secret on these releases, or needs approval on an earlier one.',
    shownBy: 'identity/device-token-mismatch',
  },
  'setup-codes': {
    releases: '>=2026.4.1',
    statement: 'A setup code admits a device without an approval.',
    elsewhere:
      'On 2026.3.13, a device with a setup code waits until the owner approves its request. Setup codes of 2026.2 contain the shared secret itself.',
    falseIf: 'On these releases, a device that presents a new setup code waits for approval.',
    shownBy: 'bootstrap/setup-code-is-single-use',
  },
  'silent-pairings-are-retired': {
    releases: '>=2026.7.1',
    statement: 'The gateway may remove a silently paired device when it silently pairs another of the same kind.',
    elsewhere: 'On earlier releases, commands with a new key each time leave hundreds of rows in the pairing list.',
    falseIf: 'On these releases, the pairing list keeps a row for each of many commands with a new key.',
    shownBy: 'container-home/command-container-rows',
  },
  'proxies-are-attributed': {
    releases: '>=2026.8.1',
    statement:
      'The gateway refuses forwarded requests of a proxy that it does not trust, before it checks credentials.',
    elsewhere: 'Earlier releases treat such a request as that of a remote client.',
    falseIf:
      'On these releases, a knock with a forwarded header, from an address that is no trusted proxy, gets another answer than HTTP 403.',
    shownBy: 'proxy-headers/forged-on-direct-connection',
  },
  'limited-setup-codes': {
    releases: '>=2026.9.6',
    statement: 'A setup code grants administration unless the owner limits it.',
    elsewhere:
      'The command of 2026.7.1 has no option `--limited`, and no setup code up to that release grants administration.',
    falseIf:
      'On these releases, a device that presents a setup code made without `--limited` does not hold operator.admin.',
    shownBy: 'bootstrap/limited-setup-code',
  },
} as const satisfies Record<string, ReleaseFact>;

export type FactId = keyof typeof FACTS;

/** The names of all facts. */
export const FACT_IDS = Object.keys(FACTS).filter((id): id is FactId => id in FACTS);

/** The right refusal on the releases that a fact makes stricter. A step that expects another refusal states it. */
export const HARDENED_BY = {
  'proxies-are-attributed': {
    refused: { at: 'http', code: 403, cause: 'proxy-attribution', reason: 'proxy_attribution_required' },
    pairing: 'none',
  },
} as const satisfies Partial<Record<FactId, object>>;
