import type { Form } from './statement.ts';

/** Patterns by which a line alone shows what it is. All are linear: no quantifier contains another. */
type FormSign = { form: Exclude<Form, 'heading'>; pattern: RegExp };

/** The first pattern that matches decides. Lines that match none are prose, or what the lines around them are. */
const SIGNS: readonly FormSign[] = [
  // Prompts of shells, with a command.
  { form: 'output', pattern: /^\s*(?:\$|❯|➜|»|%|PS [A-Z]:\\[^>]*>|[A-Z]:\\[^>]*>)\s*\S/ },
  { form: 'output', pattern: /^\s*[\w.-]+(?:@[\w.-]+)?(?::[~/][^ $#]*)?\s?[$#]\s+\S/ },
  {
    form: 'output',
    pattern: /^\s*#\s+(?:openclaw|docker|podman|kubectl|systemctl|journalctl|curl|cat|ls|npm|npx|ssh|sudo)\b/,
  },
  // Lines of logs.
  { form: 'output', pattern: /^\s*\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d/ },
  { form: 'output', pattern: /^\s*\[?\d\d:\d\d:\d\d/ },
  { form: 'output', pattern: /^\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+\d{1,2} \d\d:\d\d:\d\d\b/ },
  {
    form: 'output',
    pattern: /^\s*\[(?:ws|gateway|openclaw|configure|plugins?|agents?|cron|node|security|http|reload)\b[^\]]*\]/i,
  },
  { form: 'output', pattern: /^\s*\{"(?!\$)[\w-]+":.*\}[,\s]*$/ },
  { form: 'output', pattern: /\[(?:ws|gateway|openclaw|security)\] |\{"error":|\bERROR\b |\bWARN(?:ING)?\b / },
  {
    form: 'output',
    pattern: /\bclosed before connect\b|\bsecurity audit:|\bunauthorized conn=|\bcode=\d{3,4}\b|\breason=[\w-]+/,
  },
  {
    form: 'output',
    pattern: /\b(?:conn|remote|client|role|auth|device|scopesFrom|scopesTo|origin|host|fwd)=\S+\s.*\b\w+=\S/,
  },
  {
    form: 'output',
    pattern: /^\s*(?:npm (?:ERR!|warn|error)|Error:|error:|Warning:|fatal:|Traceback|ERROR\b|WARN\b|INFO\b|DEBUG\b)/,
  },
  {
    form: 'output',
    pattern:
      /^\s*(?:gateway (?:connect failed|closed|disconnected)|Gateway (?:target|failed|version|connect)|GatewayClientRequestError|NOT_PAIRED\b)/i,
  },
  {
    form: 'output',
    pattern:
      /^\s*(?:Source|Config|Bind|Runtime|RPC probe|Connectivity probe|Capability|Reachable|Read probe|Dashboard|Gateway|Listening|CLI version|Gateway target|Pending|Paired)\s*:\s+\S/,
  },
  { form: 'output', pattern: /^\s*(?:🦞\s*)?OpenClaw 20\d\d\.\d/ },
  { form: 'output', pattern: /^\s*[│◇└├┌╭╰╮╯┤┬┼┃|]/ },
  { form: 'output', pattern: /^\s*at \S+ \(\S+:\d+/ },
  { form: 'output', pattern: /^\s*(?:GET|POST|PUT|HTTP\/[12])\S*\s+\S+.*\b[1-5]\d\d\b/ },
  { form: 'output', pattern: /^\s*[<>*] (?:HTTP\/|[A-Za-z-]+: )/ },
  // Configuration of proxies, containers and services.
  {
    form: 'config',
    pattern:
      /^\s*(?:proxy_(?:set_header|pass|http_version|read_timeout)|location\s|server\s*\{|listen\s+\d|upstream\s|server_name\s|ssl_certificate)/,
  },
  {
    form: 'config',
    pattern:
      /^\s*(?:reverse_proxy\s|handle(?:_path)?\s|header_up\s|encode\s|tls\s+\S|flush_interval\s|[\w.*-]+\.[a-z]{2,}\S*\s*\{\s*$)/,
  },
  { form: 'config', pattern: /^\s*-?\s*["']?traefik\.[\w.-]+/ },
  {
    form: 'config',
    pattern:
      /^\s*-?\s*(?:image|ports|volumes|environment|network_mode|container_name|restart|services|labels|command|networks|depends_on|hostname|ingress|service|noTLSVerify|originRequest)\s*:/,
  },
  { form: 'config', pattern: /^\s*-\s+(?:"?[\w.]*:?\d+:\d+"?|[A-Z][A-Z0-9_]+=)/ },
  { form: 'config', pattern: /^\s*(?:export )?[A-Z][A-Z0-9_]{3,}=\S*\s*$/ },
  { form: 'config', pattern: /^\s*(?:ExecStart|Environment|WantedBy|After|User)=/ },
  { form: 'config', pattern: /^\s*(?:FROM|RUN|ENV|EXPOSE|ENTRYPOINT|CMD) \S/ },
  { form: 'config', pattern: /^\s*["'][\w$-]+["']\s*:\s*\S/ },
  {
    form: 'config',
    pattern:
      /^\s*(?:gateway|gateway\.[\w.]+|auth|bind|mode|port|token|password|controlUi|allowedOrigins|trustedProxies|trustedProxy|userHeader|requiredHeaders|allowLoopback|basePath|tailscale|tls|remote|url|nodes|pairing|dangerously\w+)\s*:\s*(?:$|["'[{$]|\S+\s*(?:[,#].*)?$)/,
  },
  { form: 'config', pattern: /^\s*[{}[\]],?\s*(?:\/\/.*)?$/ },
  { form: 'config', pattern: /^\s*\/\/\s/ },
];

/** What a line shows itself to be; null if it may be prose. */
export function formOf(text: string): Exclude<Form, 'heading'> | null {
  return SIGNS.find(({ pattern }) => pattern.test(text))?.form ?? null;
}
