import type { PlainFact, PlainKind } from './facts.ts';
import { mentions } from './negation.ts';
import { sourceOf } from './source-of.ts';
import type { Statement } from './statement.ts';

/** A word for a deployment, a proxy or a platform, and what people write for it. */
type Named = { kind: PlainKind; value: string; pattern: RegExp };

const NAMED: readonly Named[] = [
  {
    kind: 'deployment',
    value: 'compose',
    pattern: /docker[- ]compose|compose\.ya?ml|compose (?:file|stack|up)|\bcompose\b/,
  },
  { kind: 'deployment', value: 'docker', pattern: /\bdocker\b|\bcontainer\b|\bpodman\b|容器|contenedor/ },
  {
    kind: 'deployment',
    value: 'kubernetes',
    pattern: /\bkubernetes\b|\bk8s\b|\bk3s\b|\bkubectl\b|\bhelm\b|\bpods?\b|\bingress\b/,
  },
  { kind: 'deployment', value: 'home-assistant', pattern: /home ?assistant|\bhaos\b|\bha add-?on\b|\bhass\b/ },
  {
    kind: 'deployment',
    value: 'nas',
    pattern: /\bnas\b|synology|\bqnap\b|unraid|truenas|terramaster|umbrel|casaos|飞牛|openmediavault/,
  },
  {
    kind: 'deployment',
    value: 'hosting-template',
    pattern:
      /coolify|railway|render\.com|\bfly\.io|caprover|dokploy|easypanel|zeabur|hostinger|1panel|kilocode|kiloclaw|elestio/,
  },
  { kind: 'deployment', value: 'windows', pattern: /\bwindows\b|\bwin ?1[01]\b|\bpowershell\b|c:\\/ },
  { kind: 'deployment', value: 'wsl', pattern: /\bwsl2?\b/ },
  {
    kind: 'deployment',
    value: 'macos',
    pattern:
      /\bmac ?os\b|\bmac ?(?:mini|book|studio)\b|launchagent|launchd|\bhomebrew\b|\bbrew\b|\bon (?:my|the|a) mac\b|\bminis?\b(?= |$)/,
  },
  { kind: 'deployment', value: 'systemd', pattern: /\bsystemd\b|systemctl|journalctl|\.service\b/ },
  { kind: 'deployment', value: 'pm2', pattern: /\bpm2\b/ },
  {
    kind: 'deployment',
    value: 'vps',
    pattern: /\bvps\b|\bec2\b|\bdroplet\b|hetzner|azure vm|\bvm\b|oracle cloud|lightsail/,
  },
  { kind: 'deployment', value: 'raspberry-pi', pattern: /raspberry|\brpi\b|\bpi ?[45]\b/ },
  { kind: 'deployment', value: 'openwrt', pattern: /openwrt|istoreos|luci-app/ },
  { kind: 'deployment', value: 'sandbox', pattern: /nemoclaw|openshell|\bsandbox(?:ed)?\b/ },
  {
    kind: 'deployment',
    value: 'desktop-app',
    pattern: /\bclawx\b|aionui|lobsterai|clawpanel|desktop app|\belectron\b|\btauri\b/,
  },
  { kind: 'proxy', value: 'nginx', pattern: /\bnginx\b|proxy_set_header|proxy_pass|nginx proxy manager|\bnpm proxy\b/ },
  { kind: 'proxy', value: 'caddy', pattern: /\bcaddy(?:file)?\b|reverse_proxy/ },
  { kind: 'proxy', value: 'traefik', pattern: /\btraefik\b/ },
  {
    kind: 'proxy',
    value: 'cloudflared',
    pattern: /cloudflared?\b|cloudflare (?:tunnel|access)|\bcf-access|zero trust/,
  },
  {
    kind: 'proxy',
    value: 'tailscale-serve',
    pattern: /tailscale (?:serve|funnel)|\.ts\.net\b|tailscale\.mode|tailscale/,
  },
  {
    kind: 'proxy',
    value: 'ssh-tunnel',
    pattern:
      /\bssh\b[^\n]{0,60}\s-[a-z]{0,6}l\b|ssh tunnel|ssh-tunnel|port.?forward(?:ing|ed)? (?:over|via|through|with) ssh|autossh/,
  },
  { kind: 'proxy', value: 'ngrok', pattern: /\bngrok\b/ },
  { kind: 'proxy', value: 'haproxy', pattern: /\bhaproxy\b/ },
  { kind: 'proxy', value: 'envoy', pattern: /\benvoy\b|\bistio\b/ },
  { kind: 'proxy', value: 'apache', pattern: /\bapache2?\b|\bhttpd\b|proxypass\b/ },
  {
    kind: 'proxy',
    value: 'authelia',
    pattern: /authelia|authentik|oauth2-proxy|keycloak|pomerium|\bsso\b|single sign-?on/,
  },
  {
    kind: 'proxy',
    value: 'reverse-proxy',
    pattern: /reverse[- ]proxy|反向代理|反代|proxy inverso|revers-proxy|load balancer/,
  },
  { kind: 'header', value: 'X-Forwarded-For', pattern: /x-forwarded-for\b|\bxff\b/ },
  { kind: 'header', value: 'X-Forwarded-Proto', pattern: /x-forwarded-proto\b/ },
  { kind: 'header', value: 'X-Forwarded-Host', pattern: /x-forwarded-host\b/ },
  { kind: 'header', value: 'X-Real-IP', pattern: /x-real-ip\b/ },
  { kind: 'header', value: 'Forwarded', pattern: /(?:^|[\s"'])forwarded: |"forwarded"/ },
  {
    kind: 'header',
    value: 'X-Forwarded-User',
    pattern: /x-forwarded-user\b|remote-user\b|x-authentik-username|x-openclaw-user|cf-access-authenticated-user-email/,
  },
  { kind: 'header', value: 'Tailscale-User-Login', pattern: /tailscale-user-/ },
  { kind: 'platform', value: 'android', pattern: /\bandroid\b|play ?store|\bapk\b|xiaomi|pixel \d|samsung/ },
  { kind: 'platform', value: 'ios', pattern: /\bios\b|iphone|ipad|testflight/ },
];

/** An openclaw command with its subcommand. */
const COMMAND = /\bopenclaw(?:\.cmd|\.exe|\.mjs)?(?! openclaw)((?: [a-z][a-z-]{1,20}){1,3})/g;
/** The words of commands that reports contain; other words behind `openclaw` are sentences. */
const SUBCOMMANDS =
  /^(?:devices (?:list|approve|reject|remove|rotate|revoke|clear|join-code)|nodes (?:status|list|pending|approve|reject|invoke|run|describe|rename)|gateway (?:probe|status|call|run|restart|stop|start|install|health|diagnostics)|cron (?:list|add|edit|run|status|remove|rm|runs)|skills (?:info|list|install|check)|mcp (?:serve|status|list)|config (?:get|set|unset)|security audit|sessions (?:list|spawn)|node (?:run|host|install|status)|agents? (?:list|add)|daemon (?:status|restart|start|stop)|channels (?:list|status)|logs|status|health|tui|acp|agent|connect|qr|onboard|configure|setup|doctor|update|dashboard|triage|message|pairing (?:list|approve)|approvals (?:get|set))/;

const URL = /\b(?:wss?|https?|tauri|app|capacitor|chrome-extension|file):\/\/[^\s"'`,;)<>\]]{0,200}/g;

/** Reads what the gateway runs in, what stands in front of it, headers, commands and addresses. */
export function extractSetup(statements: readonly Statement[]): PlainFact[] {
  const seen = new Set<string>();
  return statements.flatMap((statement) => {
    const { number: line } = statement;
    const lower = statement.text.toLowerCase();
    const source = sourceOf(statement);
    const found: PlainFact[] = [];
    const add = (kind: PlainKind, value: string): void => {
      const key = `${kind} ${value} ${source}`;
      if (seen.has(key)) return;
      seen.add(key);
      found.push({ kind, value, line, source });
    };
    for (const { kind, value, pattern } of NAMED) if (mentions(pattern, lower)) add(kind, value);
    if (lower.includes('openclaw'))
      for (const [, words = ''] of lower.matchAll(COMMAND)) {
        const command = SUBCOMMANDS.exec(words.trim())?.[0];
        if (command !== undefined) add('command', command);
      }
    if (lower.includes('://')) for (const [url] of lower.matchAll(URL)) add('url', url.replace(/\.+$/, ''));
    return found;
  });
}
