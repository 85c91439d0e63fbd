/** The network of a stage: its name in the engine, its addresses, and the address that the host has on it. */
export type SealedNetwork = { name: string; subnet: string; host: string };

/**
 * What a container may start besides answers to whoever came in: connections over its own loopback and to the other containers of
 * its stage. Everything else is refused at once, whatever the protocol: the host, which has an address on the same network; other
 * networks; IPv6, which stages do not use. Addresses that mean more than one receiver count as outside, for the host is among them.
 * `orders` are ports at which something trusted takes orders: other containers of the stage may not come in there, only the host.
 */
export function sealRules({ subnet, host }: Pick<SealedNetwork, 'subnet' | 'host'>, orders: readonly number[]): string {
  return [
    'table inet postern_seal {',
    '  counter refused { }',
    '  chain out {',
    '    type filter hook output priority 0; policy drop;',
    '    oif lo accept',
    '    ct state established accept',
    `    ip daddr ${subnet} ip daddr != { ${host}, ${broadcastOf(subnet)} } accept`,
    // The kernel's own questions about IPv6 neighbours are not counted: what is counted was tried by a program.
    '    meta nfproto ipv4 counter name refused',
    // A program hears of a reset at once, and of anything else when it sends again a second later.
    '    meta l4proto tcp reject with tcp reset',
    '    reject with icmpx admin-prohibited',
    '  }',
    '  chain in {',
    '    type filter hook input priority 0; policy accept;',
    ...orders.map((port) => `    ip saddr ${subnet} ip saddr != ${host} tcp dport ${port} reject with tcp reset`),
    '  }',
    '}',
  ].join('\n');
}

/** The broadcast address of an IPv4 range such as 172.18.0.0/16. */
export function broadcastOf(subnet: string): string {
  const [address = '', bits = '32'] = subnet.split('/');
  const base = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const last = base + 2 ** (32 - Number(bits)) - 1;
  return [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join('.');
}

/** Nobody has this address: it is set aside for documentation (RFC 5737). */
const OUTSIDE = '192.0.2.1';
/** What a trial must have come to, whatever the program was told: the rules have counted its packet. */
const REFUSED = ': refused by the rules';
/** Said by the other machine itself, at a port where nobody listens; the rules have counted nothing. */
const REACHED = ': Connection refused';
/** The discard service, which no machine of a stage has. */
export const NOBODY_LISTENS = 9;

/** Something that is tried from inside a sealed namespace. */
type Trial = { what: string; to: [protocol: 'tcp' | 'udp', address: string, port: number]; mustReach: boolean };

/**
 * What is tried from inside a namespace that was just sealed. `listener` is a port of the host at which somebody listens; `neighbour` is
 * the address of a container of the stage that must be within reach, null for the first one.
 */
export function trialsOf(host: string, listener: number, neighbour: string | null): Trial[] {
  return [
    { what: 'the host', to: ['tcp', host, listener], mustReach: false },
    { what: "the host's name server", to: ['udp', host, 53], mustReach: false },
    { what: 'an address outside', to: ['tcp', OUTSIDE, 443], mustReach: false },
    ...(neighbour === null
      ? []
      : [{ what: 'the neighbour', to: ['tcp', neighbour, NOBODY_LISTENS], mustReach: true } satisfies Trial]),
  ];
}

/** How every line of the script below begins, and its last one. */
const SAYS = 'postern-seal';
export const SEAL_DONE = `${SAYS} done`;

/**
 * Runs as root, with nothing but the capabilities below, before anything else in the namespace: loads the rules, makes the trials, gives
 * up every privilege for good, and becomes the program. A program is never started where the rules could not be loaded.
 * Arguments: the rules, the number of trials, each trial in three words, the program in as many as it has.
 */
const SCRIPT = `
rules=$1 trials=$2; shift 2
nft "$rules" 2>&1 || exit 3
counted() { nft list counter inet postern_seal refused | grep packets; }
for ((n = 0; n < trials; n++)); do
  before=$(counted)
  said=$(timeout --kill-after=1 2 bash -c 'exec 3<>"/dev/$0/$1/$2" && echo >&3' "$1" "$2" "$3" 2>&1) && said=': connected'
  [[ $said != ': connected' && $(counted) != "$before" ]] && said='${REFUSED}'
  echo "${SAYS} $1 $2 $3: \${said##*: }"
  shift 3
done
echo '${SEAL_DONE}'
exec setpriv --reuid=node --regid=node --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs "$@"`;

/** NET_ADMIN loads the rules; the others are for giving up what root may do. */
export const SEALING_CAPABILITIES = ['NET_ADMIN', 'SETUID', 'SETGID', 'SETPCAP'] as const;

/** The command of a container that seals its network namespace, makes these trials, and then runs a program as an ordinary user. */
export function sealedCommand(rules: string, trials: readonly Trial[], program: readonly string[]): string[] {
  const words = trials.flatMap(({ to }) => to.map(String));
  return ['bash', '-c', SCRIPT, 'seal', rules, `${trials.length}`, ...words, ...program];
}

/**
 * What is wrong with a seal, by the lines that its container wrote: a trial that was not made, that got through, or that ended in
 * another way than by the rules. Empty where it stands.
 */
export function holesIn(lines: readonly string[], trials: readonly Trial[]): string[] {
  return trials.flatMap(({ what, to, mustReach }) => {
    const line = lines.find((text) => text.startsWith(`${SAYS} ${to.join(' ')}: `));
    if (line === undefined) return [`${what} (${to.join(' ')}) was never tried`];
    if (line.endsWith(mustReach ? REACHED : REFUSED)) return [];
    const how = line.slice(line.lastIndexOf(': ') + 2);
    return [mustReach ? `${what} is out of reach: ${how}` : `${what} (${to.join(' ')}) was tried: ${how}`];
  });
}
