/** The network of a stage: its name in the engine, its IPv4 range (`172.18.0.0/16`), and the host's address on it. */
export type SealedNetwork = { name: string; subnet: string; host: string };

/**
 * The nftables rules of a seal. A container may answer connections that others opened, and may open connections over its own loopback
 * and to the other containers of its stage. The rules reject all other packets at once, of every protocol: to the host, which has an
 * address on the same network; to other networks; over IPv6, which stages do not use. Broadcast and multicast addresses count as
 * outside, because the host is among the receivers.
 * `orders` are control ports of trusted programs: the host may connect to them, other containers of the stage may not.
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
    // The counter must count only what programs send, so it leaves out IPv6: the kernel itself sends neighbour discovery.
    '    meta nfproto ipv4 counter name refused',
    // A program notices a TCP reset at once, and any other rejection only when it sends again a second later.
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

/** The broadcast address of an IPv4 range: 172.18.255.255 for 172.18.0.0/16. */
export function broadcastOf(subnet: string): string {
  const [address = '', bits = '32'] = subnet.split('/');
  const base = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const last = base + 2 ** (32 - Number(bits)) - 1;
  return [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join('.');
}

/** An address that no machine has: it is reserved for documentation (RFC 5737). */
const OUTSIDE = '192.0.2.1';
/** Result of a trial that the rules stopped: they counted its packet, whatever error the program got. */
const REFUSED = ': refused by the rules';
/** Result of a trial that reached the other machine: that machine refused the port, and the rules counted no packet. */
const REACHED = ': Connection refused';
/** Port of the discard service, at which no machine of a stage listens. */
export const NOBODY_LISTENS = 9;

/** One attempt to send from inside a sealed namespace. `mustReach`: it must arrive; otherwise the rules must stop it. */
type Trial = { what: string; to: [protocol: 'tcp' | 'udp', address: string, port: number]; mustReach: boolean };

/**
 * The trials for a namespace that was just sealed. `listener` is a TCP port of the host at which the harness listens. `neighbour` is
 * the address of a container of the stage that must be reachable; null for the first container, which has none.
 */
export function sealTrialsOf(host: string, listener: number, neighbour: string | null): Trial[] {
  return [
    { what: 'the host', to: ['tcp', host, listener], mustReach: false },
    { what: "the host's name server", to: ['udp', host, 53], mustReach: false },
    { what: 'an address outside', to: ['tcp', OUTSIDE, 443], mustReach: false },
    ...(neighbour === null
      ? []
      : [{ what: 'the neighbour', to: ['tcp', neighbour, NOBODY_LISTENS], mustReach: true } satisfies Trial]),
  ];
}

/** The prefix of every line that the script below prints, and its last line. */
const SAYS = 'postern-seal';
export const SEAL_DONE = `${SAYS} done`;

/**
 * The script that seals a namespace, before any other program runs in it. It runs as root with only the capabilities below. It loads
 * the rules, makes the trials, drops every privilege for good, and executes the program. If the rules cannot be loaded, it exits with 3
 * and does not start the program.
 * Arguments: the rules, the number of trials, three words for each trial, the words of the program.
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

/** NET_ADMIN is needed to load the rules, the others to drop the privileges of root. */
export const SEALING_CAPABILITIES = ['NET_ADMIN', 'SETUID', 'SETGID', 'SETPCAP'] as const;

/** The command of a container that seals its network namespace, makes these trials, and then runs `program` as the user `node`. */
export function sealedCommand(rules: string, trials: readonly Trial[], program: readonly string[]): string[] {
  const words = trials.flatMap(({ to }) => to.map(String));
  return ['bash', '-c', SCRIPT, 'seal', rules, `${trials.length}`, ...words, ...program];
}

/**
 * Describes each fault of a seal, from the lines that its container wrote: a trial that was not made, that arrived although the rules
 * should stop it, or that failed for another reason than the rules. Empty if the seal holds.
 */
export function leaksInSeal(lines: readonly string[], trials: readonly Trial[]): string[] {
  return trials.flatMap(({ what, to, mustReach }) => {
    const line = lines.find((text) => text.startsWith(`${SAYS} ${to.join(' ')}: `));
    if (line === undefined) return [`${what} (${to.join(' ')}) was never tried`];
    if (line.endsWith(mustReach ? REACHED : REFUSED)) return [];
    const how = line.slice(line.lastIndexOf(': ') + 2);
    return [mustReach ? `${what} is out of reach: ${how}` : `${what} (${to.join(' ')}) was tried: ${how}`];
  });
}
