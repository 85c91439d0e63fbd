import { HOME } from './gateway-home.ts';

/** The folder below the home, and in it the command that the gateway looks for. */
const FOLDER = '.local/bin';

/** The names of people by their addresses on a tailnet. */
type Tailnet = Readonly<Record<string, string>>;

/** The PATH on which the gateway finds the stand-in before all other commands. */
export const PATH_WITH_TAILSCALE = `${HOME}/${FOLDER}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;

/**
 * A stand-in for the `tailscale` command, as a file of the home by its path. The gateway takes the headers of a person only if `tailscale whois`
 * names the same person for the address of the request; a real one would need a tailnet. It answers in the shape of Tailscale 1.80, and, like it,
 * fails for an address of which it knows nobody.
 */
export function tailscaleCommand(tailnet: Tailnet): Record<string, string> {
  const people = Object.entries(tailnet).map(([address, login]) => {
    const answer = JSON.stringify({
      Node: { Addresses: [`${address}/32`] },
      UserProfile: { LoginName: login, DisplayName: login },
    });
    return `  ${address}) echo '${answer}';;`;
  });
  const text = [
    '#!/bin/sh',
    'for last; do :; done',
    'case "$1" in',
    'version | --version) echo 1.80.0; exit;;',
    `status) echo '{"BackendState":"Running","Self":{"DNSName":"gateway.example.ts.net.","TailscaleIPs":["100.64.0.1"]}}'; exit;;`,
    'whois) ;;',
    '*) exit 1;;',
    'esac',
    'case "$last" in',
    ...people,
    '  *) echo "peer not found" >&2; exit 1;;',
    'esac',
    '',
  ].join('\n');
  return { [`${FOLDER}/tailscale`]: text };
}
