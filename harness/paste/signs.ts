import type { FactKind, ReleaseFact, ScopesFact } from './facts.ts';

/**
 * A sign is something in a report that points to a mechanism: a message, a setting, a situation. `says` follows "the report": it reads as the
 * reason of an answer. `pattern` is matched against each line in lower case; it must take time in proportion to the line, so no quantifier
 * contains another and every wide one is bounded. `fact` is matched against extracted facts.
 */
export type Sign = {
  says: string;
  pattern?: RegExp;
  fact?: { kind: FactKind; value: RegExp; side?: ScopesFact['side']; when?: ReleaseFact['when'] };
};

/** Refusals: what the gateway, its command or a page said. */
const REFUSALS = {
  'pairing-required': {
    says: 'says "pairing required"',
    pattern:
      /pairing[ _-]?required|not_paired|pairing is required|requires? pairing|needs? (?:to be )?(?:pairing|paired)|asks? (?:\S{1,60} ){0,4}to pair\b|wants? (?:\S{1,60} )?pairing|not paired|unpaired|must (?:be paired|pair\b)|需要配对|等待配对|待配对|未配对|配对请求|kopplung|emparejamiento|vinculaci[oó]n|appairage|pareamento|сопряжени|ペアリング|approve (?:my|this|the) (?:own )?(?:local )?(?:browser|device|phone|laptop)|waiting for (?:an? )?approval|wait(?:s|ing)? (?:as an unapproved|to be approved)|pending approval|device not approved|não (?:está )?(?:pareado|emparelhado)|appair|appariement|jumelage|gekoppelt/,
  },
  refused: {
    says: 'says that something is refused',
    pattern:
      /\brefus\w{0,20}|\bdenie[sd]\b|\brejected\b|gets? an error|拒绝|abgelehnt|abgewiesen|rechaz|recusad|отказ|拒否/,
  },
  unauthorized: {
    says: 'says "unauthorized"',
    pattern: /\bunauthori[sz]ed\b|\bauth(?:entication)? failed\b|认证失败|未授权|no autorizado|nicht autorisiert/,
  },
  'code-1008': { says: 'has close code 1008', fact: { kind: 'close-code', value: /^1008$/ } },
  'code-1006': { says: 'has close code 1006', fact: { kind: 'close-code', value: /^1006$/ } },
  'code-1002': { says: 'has close code 1002', fact: { kind: 'close-code', value: /^1002$/ } },
  'code-1000': { says: 'has close code 1000', fact: { kind: 'close-code', value: /^1000$/ } },
  'code-1001': { says: 'has close code 1001', fact: { kind: 'close-code', value: /^1001$/ } },
  'code-1012': { says: 'has close code 1012', fact: { kind: 'close-code', value: /^1012$/ } },
  'code-1013': { says: 'has close code 1013', fact: { kind: 'close-code', value: /^1013$/ } },
  'code-4008': { says: 'has close code 4008', fact: { kind: 'close-code', value: /^4008$/ } },
  'http-400': { says: 'has HTTP 400', fact: { kind: 'http-status', value: /^400$/ } },
  'http-401': { says: 'has HTTP 401', fact: { kind: 'http-status', value: /^401$/ } },
  'http-403': { says: 'has HTTP 403', fact: { kind: 'http-status', value: /^403$/ } },
  'http-404': { says: 'has HTTP 404', fact: { kind: 'http-status', value: /^404$/ } },
  'scope-upgrade': {
    says: 'names a request for more scopes',
    pattern:
      /scope[- _]upgrade|(?:more|wider|additional|broader|new) (?:scopes?|access|rights|permissions)|scope increase|insufficient scope|device access upgrade requested|mehr rechte|更多权限|权限升级|más permisos|asks? for more (?:than|scopes|access)|more than it has/,
  },
  'role-upgrade': {
    says: 'names a request for another role',
    pattern:
      /role[- _]upgrade|higher role|another role|rolefrom=(\w{1,20}) roleto=(?!\1\b)\w{1,20}|role (?:operator (?:->|→|to) node|node (?:->|→|to) operator)/,
  },
  'metadata-changed': {
    says: 'names a changed description of the device',
    pattern:
      /metadata[- _](?:upgrade|change)|device identity changed|device metadata|must be re-?approved|pinned(?:platform| platform| win32)|claimed(?:platform| platform)|description (?:of (?:itself|the device)|changed)|设备(?:身份|信息)(?:已)?(?:变更|改变)/,
  },
  'repair-request': {
    says: 'names a request to repair a pairing',
    pattern:
      /isrepair["']?: ?true|type "?repair|\(repair\)|["']repair["']|\brepair (?:request|loop|row|entry|pending)|(?:pending|endless|new) ["']?repair/,
  },
  'missing-scope': {
    says: 'says that a call lacks a scope',
    pattern:
      /missing scope|lacks? (?:the )?(?:scope|operator\.|read|write)|without (?:read|write|any|its) scopes?|no scopes?\b|缺少(?:权限|scope)|falta(?:n)? (?:el )?(?:scope|permiso)/,
  },
  'lacks-read': {
    says: 'lacks operator.read',
    fact: { kind: 'scopes', value: /operator\.read/, side: 'missing' },
    pattern: /lacks? (?:operator\.)?read\b|missing scope:? ?operator\.read|without (?:operator\.)?read\b/,
  },
  'lacks-write': {
    says: 'lacks operator.write',
    fact: { kind: 'scopes', value: /operator\.write/, side: 'missing' },
    pattern: /lacks? (?:operator\.)?write\b|missing scope:? ?operator\.write|asks for write/,
  },
  'lacks-admin': {
    says: 'lacks operator.admin',
    fact: { kind: 'scopes', value: /operator\.admin/, side: 'missing' },
    pattern: /lacks? (?:operator\.)?admin\b|missing scope:? ?operator\.admin|needs? (?:operator\.)?admin\b/,
  },
  'lacks-pairing': {
    says: 'lacks operator.pairing',
    fact: { kind: 'scopes', value: /operator\.pairing/, side: 'missing' },
  },
  'from-read': {
    says: 'asks from read access on',
    fact: { kind: 'scopes', value: /^operator\.read$/, side: 'from' },
    pattern:
      /paired for reading|(?:cut|narrowed|reduced|shrunk|downgraded|trimmed)(?: down| back)? to (?:operator\.)?read|(?:paired|approved|entry|device|scopes?|rights|access|token|holds?|has|left with|narrowed to) (?:\S{1,20} ){0,3}read[- ]only|read[- ]only (?:entry|scope|access|token|device|pairing|rights|record|one|client)|(?:only|just) (?:has|have|lists?|shows?|holds?) (?:operator\.)?read\b|paired (?:with|for) (?:operator\.)?read|holds? only (?:operator\.)?read|read access (?:only|alone)|for reading (?:only|alone)|only for reading|reading access only/,
  },
  'from-admin': {
    says: 'asks from admin on',
    fact: { kind: 'scopes', value: /operator\.admin/, side: 'from' },
    pattern:
      /(?:approved|paired) for admin|admin does ?n[o']t include|(?:already|still|that) (?:has|have|holds?) (?:operator\.)?admin\b|admin (?:scope )?(?:already )?approved/,
  },
  'from-approvals': {
    says: 'was paired for approvals alone',
    fact: { kind: 'scopes', value: /^operator\.approvals$/, side: 'from' },
    pattern: /operator\.approvals (?:only|alone)|only operator\.approvals|approvals alone|paired for approvals/,
  },
  'to-read': { says: 'asks for read', fact: { kind: 'scopes', value: /operator\.read/, side: 'to' } },
  'to-write': {
    says: 'asks for write',
    fact: { kind: 'scopes', value: /operator\.write/, side: 'to' },
    pattern: /asks? for write|to (?:get )?write access|write access/,
  },
  'to-admin': {
    says: 'asks for admin',
    fact: { kind: 'scopes', value: /operator\.admin/, side: 'to' },
    pattern:
      /asks? for admin|later needs admin|needs? admin|ask for admin|(?:carries|with|becomes?|is|gets?|grants?) (?:now )?(?:an? )?(?:operator\.)?admin\b|: admin\b/,
  },
  'to-approvals': {
    says: 'asks for approvals',
    fact: { kind: 'scopes', value: /operator\.approvals/, side: 'to' },
    pattern: /asks? for (?:approvals scopes|operator approvals|operator\.approvals)|request for operator approvals/,
  },
  'origin-refused': {
    says: 'says "origin not allowed"',
    pattern:
      /origin not allowed|origin[- _]mismatch|control_ui_origin_not_allowed|refuses? (?:the )?origin|origin (?:is |was )?(?:refused|rejected|blocked|denied)|来源(?:不被|不)允许|origen no permitido|origin nicht erlaubt|not (?:in|among|one of) (?:the |its |my )?allowed ?origins?/,
  },
  'origin-of-an-app': {
    says: 'has the origin of an app, which is no web address',
    pattern:
      /\b(?:tauri|app|capacitor|ionic|chrome-extension|moz-extension|vscode-webview|file):\/\/|origin["']?\s?[=:]\s?["']?null\b/,
  },
  'bare-origin': {
    says: 'lists an origin without a scheme',
    fact: { kind: 'allowed-origins', value: /^(?!.*:\/\/)[^*]*[\w-]{1,40}\.[\w-]{1,40}/ },
    pattern:
      /allowed ?origins["']?:? ?\[?\s?["'](?!https?:|\*|tauri:|app:)[\w.-]{1,60}\.[a-z]{2,20}(?::\d{1,9})?["']|without (?:the )?(?:scheme|https:\/\/)|no (?:scheme|https:\/\/)|missing (?:the )?scheme|bare (?:domain|host)/,
  },
  'origin-listed': { says: 'has the origin in its list already', fact: { kind: 'allowed-origins', value: /:\/\// } },
  'star-helps': {
    says: 'is let in with "*" alone',
    pattern:
      /\["?\*"?\].{0,40}(?:works|lets|ok|fine|helps|go(?:es)? through)|only ["'`]?\*["'`]? |wildcard .{0,30}(?:works|helps)|(?:with|if i put|using) (?:the )?["'`[]{0,2}\*["'`\]]{0,2}/,
  },
  'start-needs-origins': {
    says: 'does not start until origins are listed',
    pattern:
      /non-loopback control ui requires|requires (?:gateway\.)?controlui\.allowedorigins|(?:no longer|not|won't|cannot|refuses to) starts? (?:until|without|because).{0,60}origin|allowedorigins .{0,40}(?:refus|exit|crash|not start)|(?:gateway|it) (?:will not|won't|does not|doesn't|no longer|refuses to) start.{0,80}(?:origin|controlui)|set explicit origins/,
  },
  'protocol-refused': {
    says: 'says "protocol mismatch"',
    pattern:
      /protocol[ _-]?(?:mismatch|version|range)|minprotocol|expectedprotocol|speaks? protocol|\bmin=\d max=\d|协议(?:版本)?不(?:匹配|一致)|protokoll|unsupported protocol|protocol (?:3|4|v3|v4)|protokollversion|incompatible (?:client|protocol)|protocol not supported|(?:older|newer|another|other) protocol/,
  },
  'device-identity-required': {
    says: 'says "device identity required"',
    pattern:
      /device[ _]identity[ _](?:is )?required|requires? (?:a )?device identity|no device identity|without a device|has no device|secure context|requires https or localhost|需要设备身份|device[- ]?less|no webcrypto|crypto\.subtle|needs? https|insecure (?:context|origin)|sicherer kontext|安全上下文/,
  },
  'signature-refused': {
    says: 'says that the signature is wrong',
    pattern:
      /device[ _-]?signature|signature (?:is )?(?:invalid|expired|mismatch|count|wrong|bad)|bad signature|invalid signature|device_auth_(?:signature|invalid|nonce|device|public)|wrong device id|device[ _]id[ _]mismatch|nonce|签名(?:无效|错误|过期)|signatur ung|signature.{0,20}(?:fail|reject|refus|not valid|verif)|device (?:public key|nonce)|unterschrift|firma inválida|签名/,
  },
  clock: {
    says: 'speaks of a clock',
    pattern:
      /\bclock\b|\bntp\b|time skew|clock skew|signature[ _]expired|time(?:zone)? (?:is )?(?:off|wrong|drift)|minutes (?:off|behind|ahead|slow|fast)|hwclock|时钟|时间不同步|systemzeit|falsche uhr|uhrzeit|reloj|(?:minutes|seconds|hours) (?:behind|ahead|late|early)|wrong (?:time|date)|time sync|chrony|rtc\b|standby|sleep(?:s|ing)? (?:mode)?.{0,20}(?:time|clock)|horloge|часы/,
  },
  'payload-version': {
    says: 'speaks of the two texts to sign',
    pattern:
      /\bv[23] (?:payload|signature)|older signature|newer (?:one|payload|signature)|signature payload|payload v[23]|falls? back to v2/,
  },
  'token-mismatch': {
    says: "says that the token is not the gateway's",
    pattern:
      /(?:gateway )?token[ _]mismatch|auth_token_mismatch|wrong (?:gateway )?token|(?:has|have|had|uses?|shows?|sends?|keeps?) (?:the |an |its |their )?old (?:one|shared|token|secret|password)|keeps? the old|token (?:changed|rotated|was changed)|stale (?:shared |gateway )?token|旧(?:的)?(?:令牌|token)/,
  },
  'device-token-mismatch': {
    says: 'says that the device token is not valid',
    pattern:
      /device[ _]token[ _](?:mismatch|invalid|is no longer)|auth_device_token|device token that is no longer|revoked (?:device )?token|stale device token|cached device token|(?:token|credential).{0,20}(?:was|is|been) revoked|since i revoked|revoked (?:this|the|my|that)/,
  },
  'rate-limited': {
    says: 'says that there were too many attempts',
    pattern:
      /rate[ _-]?limit|too many (?:failed )?(?:authentication|auth|login)|auth_rate_limited|retry later|请求过多|zu viele (?:fehl|versuche)|demasiados intentos|attempts? \(retry later|retry[_ -]?after|blocked for \d{1,9}|temporarily blocked|gesperrt|bloqueado/,
  },
  'locked-out': {
    says: 'says that somebody is locked out',
    pattern:
      /\block(?:ed|s)? (?:me |us |him |her |them |everybody )?out\b|lockout|ausgesperrt|bloqueado|锁定|\block(?:s|ed)? (?:\S{1,20} ){1,4}out\b/,
  },
  attribution: {
    says: 'says "proxy client attribution"',
    pattern: /proxy_attribution|proxy client attribution|attribution (?:required|ambiguous)|unattributable/,
  },
  'host-not-local-line': {
    says: 'logs a Host that is not local',
    pattern: /non-local host header|treating it as remote|host header (?:is )?not local/,
  },
  'user-missing': {
    says: 'says that the proxy named no user',
    pattern: /trusted_proxy_user_missing|auth_identity_header|trusted_proxy_missing_header|identity header/,
  },
  'loopback-source': {
    says: 'says that a proxy on loopback is not believed',
    pattern:
      /trusted_proxy_loopback\w{0,20}|trusted_proxy_untrusted_source|loopback (?:trusted )?proxy (?:source )?(?:is )?not|trusted-proxy mode .{0,60}(?:same host|loopback|refuses)/,
  },
  'unknown-request': {
    says: 'says "unknown requestId"',
    pattern:
      /unknown ?request ?-?id|unknown request|no such request|request (?:id )?(?:not found|expired)|请求(?:id)?不存在|unknown requestid|request (?:does not|doesn't) exist|no pending request (?:with|for)|invalid requestid|requête inconnue/,
  },
  'legacy-device-auth': {
    says: 'says "legacy device auth requires migration"',
    pattern:
      /legacy device auth|device-auth\.json .{0,60}(?:\bback\b|\?\?\?|re-?appear|recreated|rewritten|there again|returns|keeps coming)/,
  },
  'newer-state': {
    says: 'says that the state is newer than the gateway',
    pattern:
      /newer schema|schema version \d{1,9}|newer (?:version of )?(?:openclaw|state|database|home|release)|last (?:touched|written) by (?:a )?newer|config was written by (?:a )?newer|supports? (?:schema )?\d{1,9}\)|cannot read its newer|neuere[ns]? (?:datenbank|schema)|数据库版本(?:过)?(?:新|高)|(?:database|state|schema|config).{0,40}(?:from|of|by) (?:a )?(?:newer|later|future)|newer than (?:this|supported)|version of (?:the )?(?:state|database) is (?:too )?new|is from the future|unsupported (?:schema|state) version|created by a newer|from a newer/,
  },
  'handshake-timeout': {
    says: 'names a timeout of the handshake',
    pattern:
      /handshake[ -]?time(?:d )?-?out|handshake (?:exceeds|took|takes|is too slow)|handshaketimeout|handshake: ?"?timeout|slow handshake|握手超时|timed out (?:during|before) (?:the )?(?:handshake|connect)|challenge (?:timeout|not answered)|handshake.{0,30}\d ?s(?:ec)?|gateway timeout after \d{1,9} ?ms|exceeds? its timeout|runs? into (?:its|a|the) timeout/,
  },
  starting: {
    says: 'says that the gateway is starting',
    pattern:
      /gateway (?:is )?starting|startup-sidecars|while the gateway starts|websocket handlers unavailable|still booting/,
  },
  'service-restart': { says: 'says "service restart"', pattern: /service restart|gateway restarting/ },
  'setup-code': {
    says: 'speaks of a setup code',
    pattern:
      /setup[- ]?(?:code|string|link|qr)|pairing qr|\bqr[- ]?code|\bscan(?:ned|ning)? (?:the |a )?(?:qr|code)|bootstrap[ -]?token|\bqr\b|einrichtungscode|二维码|扫码|código qr/,
  },
  'setup-code-refused': {
    says: 'says that the setup code was not accepted',
    pattern:
      /setup code (?:was |is )?not accepted|bootstrap[ _]token[ _]invalid|auth_bootstrap|setup code (?:expired|invalid|already used)/,
  },
  'join-code': {
    says: 'speaks of a join code',
    pattern: /join[- ]?codes?|\/j\/[\w.]{1,60}|devices join-code|beitrittscode|加入码/,
  },
  'plaintext-refused': {
    says: 'says that the command refuses plain ws://',
    pattern:
      /plaintext ws:\/\/|insecure ws:\/\/|security error: (?:gateway url|cannot connect)|openclaw_allow_insecure_private_ws/,
  },
  'own-tls': {
    says: "speaks of the gateway's own TLS",
    pattern:
      /gateway\.tls|tls-fingerprint|self[- ]signed certificate|selbstsigniert|autogenerate|tls[: {]{1,4}enabled|certificate (?:pinning|fingerprint)|wss:\/\/127\.0\.0\.1|自签名证书/,
  },
  'silent-approval': {
    says: 'says that access was given without asking',
    pattern:
      /auto-approved|silently|silent (?:approv|pair|upgrade|auto|local|scope)|without (?:an? |any |asking|the owner's )?(?:approval|prompt|confirmation|asking)|no approval (?:was )?(?:needed|asked)|nobody (?:was )?asked|straight in|unapproved|自动批准|(?:with|and) no (?:prompt|question|approval)|no prompt|just let (?:in|me in)|without (?:anybody|anyone|me) approving|automatically (?:paired|approved)|paired (?:itself|straight|right) (?:away|in)|ohne (?:nach)?frage|ohne genehmigung|sin (?:preguntar|aprobación)|没有(?:经过)?(?:批准|确认)|\bno approval\b|never asked|(?:was|is|got|gets) (?:straight |right |just )?in, /,
  },
  'another-build': {
    says: 'names a page of another build',
    pattern:
      /build[ _]mismatch|client_version_mismatch|another build|reloadrequired|reload (?:the )?(?:page|tab)|left open over an update|stale (?:tab|page|bundle)|hard[- ]?refresh|ctrl\+?-?shift\+?-?r|tab (?:was )?open (?:since|before|over)|reload (?:fixes|helps|solves)|build id|old(?:er)? (?:bundle|assets|frontend|page)|outdated (?:page|ui|tab)|tab (?:i|that|which|had|was).{0,20}(?:left )?open|F5|刷新/,
  },
  'spawn-limit': {
    says: 'names a limit of sub-agents',
    pattern:
      /max(?:imum)?[ _-]?(?:children|spawn|concurren|sub-?agents|active)|too many (?:sub-?agents|children|sessions)|active children|maxconcurrent|maxspawn|at (?:its|the) limit|(?:sub-?agents?|children).{0,40}(?:limit|at work)|beyond the limit/,
  },
  'no-reason': {
    says: 'says that no reason is given',
    pattern:
      /no reason|without (?:a )?reason|reason (?:is )?(?:empty|missing|none)|\(no reason\)|ohne grund|没有原因|sin motivo/,
  },
} as const satisfies Record<string, Sign>;

/** Situations: what was done, by whom, where. */
const SITUATIONS = {
  'sub-agent': {
    says: 'is about a sub-agent',
    pattern:
      /sub-?agents?|\bspawn|sessions_spawn|child (?:agent|session)|helper agents?|\bhelpers\b|to (?:a|its|my|the) helper\b|\bspecialists?\b|delegat|hand (?:something |it |work )?(?:over )?to (?:a |another )|acp session|unteragent|子代理|子智能体|子agent|subagente|sous-agent|子エージェント|под-?агент|\bchild\b|children\b|kindagent|worker agents?|second agent|planner|subtask|sub-task|delegier|lança(?:r)? agente|サブエージェント|агент(?:а|ов) дочерн/,
  },
  'send-to-agent': {
    says: 'is about messages from one agent to another',
    pattern:
      /sessions?_send|message(?:s)? (?:from one agent )?to another (?:agent|session)|agent[- ]to[- ]agent|between (?:my |the |two )?agents|one agent to another|agents? (?:talk|messag|writ)\w{0,20} (?:to )?(?:each other|another)|neither spawn nor send|a2a|代理之间|zwischen (?:den )?agenten|to (?:my |the |an?)?other agent|agents? (?:cannot|can't|can not) (?:write|talk|speak|reach)|from agent \S{1,60} to (?:agent )?\S{1,60}/,
  },
  cron: {
    says: 'is about a cron job',
    pattern:
      /\bcron\b|scheduled (?:job|task)s?|reminders?\b|定时任务|计划任务|提醒|zeitplan|erinnerung|tarea programada|recordatorio|\bheartbeat job|scheduler\b|scheduled\b|\bjobs?\b|планиров|スケジュール|agendad/,
  },
  'ran-cron-add': {
    says: 'ran `cron add` or `cron edit` in a shell',
    fact: { kind: 'command', value: /^cron (?:add|edit)$/ },
  },
  'two-proxies': {
    says: 'has a proxy behind a proxy',
    pattern:
      /proxy behind (?:a |another )?proxy|two (?:trusted )?(?:reverse )?proxies|chained? (?:of )?prox|prox(?:y|ies) (?:in a )?chain|cloudflare ?(?:->|→|>|and|\+|then|in front of) ?(?:my |our |the )?(?:nginx|caddy|traefik|haproxy|alb)|which end of the (?:list|header|chain)|never the (?:visitor|real client)|outer proxy|(?:nginx|caddy|traefik|haproxy|alb) (?:->|→|behind) (?:another )?(?:nginx|caddy|traefik|haproxy|cloudflare)/,
  },
  'agent-adds-a-job': {
    says: 'has an agent add a job',
    pattern:
      /remind me|asks? (?:the |my )?(?:agent|bot|it) to (?:remind|schedule|add)|adding a cron|cron[ .]?(?:add|tool)|schedule (?:a|the) (?:job|reminder|task)|cron job by hand|reminder.{0,40}(?:fail|refus|error|1008|never)|fails to (?:add|create|schedule)|erinner(?:e|ung).{0,40}(?:fehl|1008)|添加.{0,6}(?:定时|cron|提醒)|(?:add|create|set|make|schedul)\w{0,3} (?:a |an |new |the ){0,3}(?:reminder|cron job|job|schedule|alarm)|reminders? (?:never|do not|don't)|tägliche aufgabe|crear (?:un )?(?:recordatorio|tarea)/,
  },
  'lists-then-adds': {
    says: 'lists jobs and then adds or edits one',
    pattern:
      /lists? (?:the )?(?:cron )?jobs?,? (?:and )?then|cron (?:add|edit)\b.{0,40}cron (?:add|edit)|cron list.{0,60}cron (?:add|edit|remove|rm)|desktop app asks for a narrow scope|cron client|cron (?:add|edit|update).{0,80}(?:after|once|although).{0,30}(?:list|status)|list(?:ing|s|ed)? (?:is|works|ok|fine).{0,60}(?:add|edit|chang|creat)|lists? (?:the |all )?jobs?.{0,60}(?:create|add|new|edit)|first lists/,
  },
  'cron-list': { says: 'ran `cron list` or `cron status`', pattern: /cron (?:list|status|ls)\b/ },
  'job-delegates': {
    says: 'has a job that cannot do its work',
    pattern:
      /(?:cron|job|nightly|scheduled).{0,60}(?:announce|deliver|delegat|spawn|isolated)|(?:announce|deliver).{0,40}(?:cron|job)|isolated (?:session|job|cron)|job runs but|scheduled jobs? run|(?:\bcron|\bjobs?\b|schedul\w{1,20}).{0,80}\b(?:ends?|fails?|stops?|dies|refused|refuses|cannot)\b|(?:nightly|daily|weekly|morning) (?:job|briefing|report|summary|digest)/,
  },
  'exec-ask': {
    says: 'is about asking before a command runs',
    pattern:
      /ask (?:first|always|before)|tools\.exec\.ask|tools\.exec.{0,20}ask|exec[ .-]?approval|"?ask"?: ?"?always|approve (?:each|every) command|register the question|command set to ask|every command set|exec (?:tool|host)|before it runs a command|approval registration|every (?:shell )?command (?:needs|asks|must)|confirm (?:each|every) command|asks? (?:me )?before (?:each|every|running|it runs)|exec denied|approval question/,
  },
  probe: {
    says: 'is about a probe or a status command',
    pattern:
      /gateway probe|\bprobe\b|openclaw status|status (?:calls|says|reports|page|--all|shows)|deep status|gateway status|status command/,
  },
  'said-unreachable': {
    says: 'is told that a healthy gateway is unreachable',
    pattern:
      /unreachable|not reachable|gateway (?:is )?down but|reports? (?:it )?(?:offline|down)|nicht erreichbar|不可达|\boffline\b|not running|gateway (?:is )?dead|says? (?:the gateway )?(?:is )?(?:down|unreachable)|reachable: ?(?:no|false)|nicht erreichbar|inaccesible|injoignable/,
  },
  'after-update': {
    says: 'began with an update',
    fact: { kind: 'release', value: /./, when: 'before' },
    pattern:
      /(?:after|since) (?:an? |the |my |last |every |each |this )?(?:\S{1,60} ){0,2}(?:update|upgrade|upgrading|updating|bump|redeploy)|(?:after|since) (?:i |we )?(?:updat|upgrad)|(?:updated?|upgraded?|updating|upgrading|bumped?|moved) (?:it |openclaw |everything |the \S{1,60} |from |to )|(?:updated?|upgraded?|bumped?) v?20\d\d|post-update|(?:unattended|auto-?)[ -]?(?:update|upgrade)|nach (?:dem |einem |meinem )?(?:\S{1,60} )?update|seit (?:dem |der )?(?:\S{1,60} )?(?:update|aktualisierung)|aktualisier|升级(?:到|后|之后|完)?|更新(?:后|之后|到)|tras (?:la |el )?(?:actualiz|update)|después de actualizar|actualic[eé]|mise à jour|mis à jour|обновл|アップデート|atualiz(?:ei|ação|ado)|over an update|with the new version|npm (?:update|i|install) -g openclaw|brew upgrade|\d ?(?:->|→|=>) ?v?(?:20\d\d\.)?\d{1,2}\.\d|now on v?20\d\d|worked (?:till|until|up to|on|in) v?20\d\d|(?:was|were) (?:ok|fine|good) (?:on|in|with|till|until) v?(?:20\d\d\.)?\d|pulled (?:the |a )?new(?:er)? image|升到/,
  },
  'after-restart': {
    says: 'began with a restart',
    pattern:
      /(?:after|at|on|since|with|upon) (?:a |the |each |every |any |my |gateway )?(?:gateway |server |host |machine |container )?(?:re-?starts?|re-?boots?|power cut|crash)|(?:each|every) (?:re-?start|re-?boot|time (?:i|it|the gateway) re-?(?:start|boot)s?)|restarting the gateway (?:makes|loses|wipes)|reload(?:ed)? (?:the )?config|changed config|gateway reload|i restarted the gateway|systemctl (?:--user )?restart|nach (?:dem |jedem |einem )?(?:neustart|reboot)|每次重启|重启(?:后|之后|网关)|tras (?:cada )?reinici|después de reiniciar|cada reinicio|redémarr|перезапуск|再起動|reinici(?:ar|o|ei)|\boom\b|until the next (?:\S{1,20} )?(?:restart|reboot|boot)|blackout|power (?:failure|outage)|stromausfall/,
  },
  'loses-pairings': {
    says: 'loses pairings',
    pattern:
      /los(?:es|t|ing|e) (?:all )?(?:my |the |its |their |our |every |of )?(?:pair|devices?|approv)|pairings? (?:are |were |is |was )?(?:all )?(?:gone|lost|wiped|empty|forgotten|deleted)|paired (?:list|devices) (?:is |are |was )?(?:now )?empt|list of paired devices empties|(?:devices list|device list|paired list|devices)[`"']? (?:is |are |shows? |was )?(?:now |suddenly |just )?(?:empty|gone|nothing|blank)|forg[eo]t\w{0,20} (?:every|all|its|my|the|paired)|no (?:paired )?devices (?:any ?more|left)|all (?:my |our |the )?(?:devices|phones|clients|nodes) (?:are |were )?gone|pair (?:everything|all|them all|everyone) again|(?:has|have|had) to (?:be )?(?:re-?pair|pair(?:ed)? again|pair \S{1,60} again)|must (?:be paired|pair) again|devices? vanish|kopplungen (?:weg|verloren)|alle geräte (?:weg|neu)|配对(?:信息|记录)?(?:全部|都)?(?:丢失|没了|消失|没有了)|perd(?:ido|ieron|ió) (?:los |todos )?(?:dispositivos|emparej)|perdu (?:les|tous)|paired: ?\(?(?:none|0\b|empty)|paired\.json.{0,30}(?:2 bytes|empty|\{\}|0 bytes)|there were (?:\w{1,9}|\d{1,3}) paired|everyone gets pairing required/,
  },
  'into-the-database': {
    says: 'is about moving pairings into a database',
    pattern: /migrat|sqlite|\bstate db\b|into a database|database|paired\.json|数据库|datenbank|base de datos/,
  },
  rollback: {
    says: 'went back to an older release',
    pattern:
      /downgrad|roll(?:ed|ing)?[ -]?back|falls? back to|back (?:on|to) (?:an )?(?:the )?older|older release|older (?:version|build)|went back to|pinned (?:openclaw|version)|回退|降级|zurück auf|versión anterior|older (?:one|app|gateway)|previous (?:version|release)|ships? (?:an )?older|brings? (?:an )?older|back to (?:v?20\d\d|the (?:old|previous))|downgraded|retour (?:à|en arrière)/,
  },
  'system-update': {
    says: 'began with an update of the system',
    pattern:
      /(?:mac ?os|ios|ipados|android|windows|system|os)(?: \S{1,60})? (?:update|upgrade|point release)|(?:updat(?:e|ed|ing)|upgrad(?:e|ed|ing)|aktualisier\w{1,6}|actualiz\w{1,6}) (?:(?:to|auf|a|de|von) )?(?:mac ?os|ios|android|windows|tahoe|sequoia)|update des systems|update of the system|mac ?os (?:\d\d(?:\.\d{1,9})?) ?(?:->|→|to) ?\d|changes the platform|系统更新|systemupdate|(?:new|other|another|different) (?:version of )?(?:macos|ios|android|windows)|os upgrade|(?:macos|ios|android) \d\d(?:\.\d)?.{0,20}(?:installed|arrived|now)|platform (?:string )?(?:changed|macos|darwin|ios)|after i updated the (?:phone|mac|tablet)/,
  },
  'approvals-channel': {
    says: 'is about approvals in a chat channel',
    pattern:
      /approvals? (?:in|of|on|from|through|via) (?:a |the |my )?(?:chat|channel|telegram|discord|slack|whatsapp)|approvals? (?:client|handler|channel)|native approval|exec approval(?:s)? (?:in|on|via)|start of the approvals|chat channel's? approvals/,
  },
  'again-and-again': {
    says: 'is asked again and again',
    pattern:
      /again and again|\bloop(?:s|ing)?\b|without end|endless(?:ly)?|over and over|each time|every (?:time|second|\d{1,9} ?s\b|few seconds)|(?:fill|flood)s? the log|hundred(?:s)? (?:of )?|dozens? of|accumulat|pile[sd]? up|new (?:pending|request|requestid)(?: \S{1,60}){0,4} (?:each|every)|round and round|next try|back and forth|immer wieder|endlosschleife|反复|一直|每次|una y otra vez|bucle|\bkeeps? (?:asking|coming|on|creating|filing|being)|constantly|non-?stop|forever|repeatedly|all the time|times a (?:second|minute)|(?:every|each) (?:morning|day|hour|minute|\d{1,9} ?(?:sec|s\b|min))|never ends|ständig|jedes mal|immer wieder|constamment|à chaque|cada vez|siempre|sempre|毎回|\d{2,5} (?:pending|waiting|requests|entries|times|lines)/,
  },
  'id-changes': {
    says: 'sees another request id at each try',
    pattern:
      /(?:new|another|different|fresh) (?:request ?id|requestid|request|id)\b.{0,40}(?:each|every|again|time|try)|requestid (?:changes|keeps changing)|id (?:changes|changed|keeps changing|rotates)|replac(?:es|ed) the request|asked again meanwhile|request id .{0,20}(?:gone|stale)|(?:each|every) (?:time|try|attempt|retry).{0,40}(?:new|another|different|other) (?:request|id)|(?:new|another|different) (?:request )?id (?:again|by then|now)|never fast enough|list again|by the time i|already another/,
  },
  'request-widened': {
    says: 'says that a request changed before it was approved',
    pattern:
      /asked again in between|widen(?:s|ed)? (?:its|the) request|request (?:changed|grew)|gets? more than (?:was|were|i|the owner) (?:shown|approved|saw)|approves one request and the device gets more|same id .{0,30}more scopes|(?:changed|widened|grew|escalat).{0,40}(?:after|before|between) (?:i |the owner )?(?:saw|approv|list)|approved read (?:and|but).{0,30}(?:got|has) (?:admin|write)|bait|same (?:request ?)?id\b.{0,60}(?:more|admin|write|other scopes)|before (?:he|she|the owner|i|anybody|they) (?:types?|clicks?|approves?|presses)|asks? for (?:more|admin) before the (?:click|approval)|(?:id|request) (?:that was|i) (?:shown|saw)/,
  },
  'two-programs': {
    says: 'has two programs with one key',
    pattern:
      /two (?:clients|programs|processes|apps|things)|both (?:use|share|read)|share (?:one|the same|a) (?:device|key|identity)|same device ?-?id|same identity|one device\b|\bround and round\b|never both|zwei programme|共用|mismo dispositivo|(?:another|other|second) (?:program|process|app|client) (?:on|with|of) (?:the|this|that) same|(?:one|same) (?:device|identity|key)(?: file)? (?:for|between|by) (?:both|two)|kick(?:s|ing)? each other|fight(?:ing)? (?:over|with) each other|alternat|take turns|in turn\b|back and forth|sich gegenseitig|deux programmes|dos programas/,
  },
  page: {
    says: 'is about a page in a browser',
    pattern:
      /control ?ui|dashboard|\bpanel\b|web ?ui|browser|\bpage\b|webchat|web ?控制台|网页|控制台|面板|浏览器|oberfläche|navegador|firefox|chrome\b|safari|\bedge\b|\bopera\b|brave\b|\btab\b|panel web|interfaz web|interface web|web interface|webinterface|管理界面|ウェブ/,
  },
  'foreign-page': {
    says: 'is about a page of another site',
    pattern:
      /(?:any|a visited|foreign|malicious|evil|another|other) (?:web ?)?(?:site|page|origin)|drive-by|cross[- ]site|csrf|cswsh|websocket hijack|attacker(?:'s)? (?:page|site)|web page (?:pairs|guesses|reaches)|beliebige webseite|恶意网页|any website|some website|random (?:site|page|website)|attacker\.example|evil\.(?:com|example|test)|malicious|other (?:site|tab|origin)s? can|visit(?:ing|ed)? (?:a|any) (?:site|page|website)/,
  },
  rebinding: {
    says: 'names DNS rebinding',
    pattern:
      /rebind|rebound|dns pinning|attacker(?:-controlled)? (?:dns|domain).{0,40}127\.0\.0\.1|resolves? to 127\.0\.0\.1/,
  },
  'guesses-secret': {
    says: 'says that secrets can be guessed',
    pattern:
      /\bguess(?:es|ed|ing)\b|\b(?:to|can|could|may|might) guess\b|no back-?off|attempts (?:a|per) second|wordlist|rockyou|bad tokens|brute[- ]?forc|without limit|unlimited (?:attempts|tries)|no rate limit|try wrong tokens|wrong tokens without|hundreds? (?:of )?(?:tokens|passwords|times a second)|as (?:many|often) as (?:i|you|it) (?:want|like)|thousands? of (?:tokens|passwords|tries)|dictionary attack|password list|erraten|adivinar/,
  },
  'no-auth': {
    says: 'has authentication off',
    pattern:
      /auth(?:entication)? (?:is )?(?:off|disabled)|auth(?:\.mode)?["']?\s?[:=]\s?["']?none|with(?:out)? (?:no )?auth(?:entication)? off|ohne authentifizierung|关闭(?:了)?认证|no credential|auth\.mode["']?\s{0,9}[:= ]\s{0,9}["']?none|auth none|mode none\b/,
  },
  'local-page': {
    says: "is about a page on the gateway's own machine",
    pattern:
      /(?:dashboard|control ui|panel|page|browser|webchat).{0,60}(?:same (?:pc|machine|box|host|computer)|localhost|127\.0\.0\.1|local(?:ly)?\b)|(?:localhost|127\.0\.0\.1)(?::18789)?.{0,40}(?:dashboard|control ui|page|panel|browser)|local page|very same (?:pc|machine)|before its first visit|本机.{0,10}(?:网页|浏览器|面板)|open(?:ed|ing|s)? (?:it at )?http:\/\/(?:127\.0\.0\.1|localhost)|own (?:local )?browser|local (?:browser|tab|page|dashboard)|browser on (?:the|that|this) (?:same|very|gateway)|same (?:pc|machine|computer|laptop).{0,30}(?:browser|edge|chrome|firefox)|browser.{0,60}(?:gateway host|gateway machine|it runs on)/,
  },
  'plain-http': {
    says: 'opens the page over plain http',
    pattern:
      /plain http|http:\/\/(?:192\.168|10\.|172\.(?:1[6-9]|2\d|3[01])|<|gateway|nas|server|box)|over http\b|not https|without (?:tls|https|ssl)|no https|unverschlüsselt|http (?:only|instead)|http:\/\/(?!127\.|localhost|\[)\S{2,80}:18789|用 ?http|por http|en http\b|über http\b/,
  },
  'device-check-off': {
    says: 'sets dangerouslyDisableDeviceAuth',
    pattern:
      /dangerouslydisabledeviceauth|disabl(?:e|ed|es|ing) (?:the )?device (?:check|auth|identity)|device check disabled|allowinsecureauth|ignores the setting that disables|the setting removes the device/,
  },
  'host-fallback': {
    says: 'sets dangerouslyAllowHostHeaderOriginFallback',
    pattern:
      /dangerouslyallowhostheaderoriginfallback|host ?-?header .{0,20}(?:fallback|as the allowed origin)|host-header fallback/,
  },
  'other-port': {
    says: 'serves the page on another port',
    pattern:
      /(?:another|different|other|wrong|the) port\b|port must match|localhost:(?!18789)\d{4,5}|dev server|vite\b|:5173|:3000|anderer port|端口不(?:同|一致)|(?:dev|development) server|port (?:3000|5173|8080|8443|4200)|on port \d{4,5}/,
  },
  'page-lacks-read': {
    says: 'is about a page that may not read',
    pattern:
      /(?:page|ui|panel|dashboard|control ui|browser).{0,80}(?:missing scope|(?:lacks?|without):? (?:operator\.)?(?:read|scopes?|write))|calls? lacks? (?:a scope|operator\.read)|pairs again without read/,
  },
  'pairing-page': {
    says: 'is about the pairing page itself',
    pattern:
      /throws when it tries to close|tries to close with|shows no code to approve|shows? (?:its|the) (?:user )?that pairing|no approve button|cannot approve in the (?:ui|browser)|endpoint was removed/,
  },
  phone: {
    says: 'is about a phone',
    pattern:
      /\bphones?\b|\bandroid\b|\biphone\b|\bios app|\bipad\b|\btablet\b|mobile app|\bhandy\b|手机|teléfono|móvil|play ?store|testflight|\bhandy\b|telefon|smartphone|galaxy|pixel\b|celular|téléphone|スマホ|телефон/,
  },
  'phone-wants-operator': {
    says: 'has a phone ask for the rights of an operator',
    pattern:
      /(?:returns?|comes? back|reconnects?|second connect).{0,60}(?:approvals?|operator|scopes)|stores? the node's token as|operator token.{0,30}node|asks for (?:admin|approvals scopes|operator).{0,30}(?:setup code|never granted)|companion's setup fails|scopes that it was never granted|\b(?:app|phone|companion)\b.{0,80}asks? for (?:more|operator|admin|approvals)|as (?:an )?operator and asks? for|paired (?:as|by) (?:a )?(?:node|qr|code).{0,80}(?:operator|scope|approvals)/,
  },
  'code-used-twice': {
    says: 'has a setup code used twice',
    pattern:
      /(?:code|link).{0,40}(?:twice|second (?:time|device|use)|again|used code|one-time|single[- ]use|eats|consum|burn)|used code valid again|two uses of one|same moment.{0,30}code|code .{0,30}same moment|(?:used|already used|old|same) (?:setup |qr |join )?code|second (?:phone|device|time)|(?:same|one) (?:qr|code).{0,40}(?:two|both|again|second)|(?:two|both) (?:phones|devices).{0,40}(?:same|one) (?:qr|code)|at the same (?:time|moment).{0,40}code|intercept|slide|screenshot of the (?:qr|code)/,
  },
  'at-once': {
    says: 'is about two things at the same moment',
    pattern:
      /\bsame (?:moment|time|second|instant)|simultaneous|\bat once\b|in parallel|gleichzeitig|同时|al mismo tiempo|en même temps|ao mesmo tempo/,
  },
  'deletes-cached-token': {
    says: 'deletes the cached token of the client',
    fact: { kind: 'workaround', value: /^delete-device-auth$/ },
  },
  'code-grants-much': {
    says: 'has a setup code grant more than was meant',
    pattern:
      /(?:code|qr|phone).{0,60}(?:wider|more than|too (?:many|much)|silently grants|grants? (?:admin|an? operator|operator)|operator token too|administration)|unless (?:its|the) owner limits|--limited|full (?:operator )?access by qr|(?:setup|qr|code).{0,80}(?:admin|everything|all scopes|more scopes|full access|too much)|(?:admin|all scopes|full access).{0,60}(?:setup|qr|scan)/,
  },
  'code-scopes-change': {
    says: 'has a device change what it asks for with a setup code',
    pattern:
      /changes the scopes it asks for|first use of a setup code still waits|no longer gives them a token for the operator|cannot finish onboarding|onboarding.{0,30}(?:stuck|fails|never (?:ends|finishes))|(?:stuck|hangs?|never (?:finishes|ends|gets past)|fails?).{0,40}onboarding|no operator token|operator token (?:is )?(?:missing|never)|only (?:gets|got|has) (?:a |the )?node (?:token|role)/,
  },
  node: {
    says: 'is about a node',
    pattern: /\bnodes?\b(?!\.js| ?\d{2}|js| v?\d\d|_modules)|node host|\bmac node|节点|nodo\b/,
  },
  'node-commands': {
    says: 'is about running commands on a node',
    pattern:
      /(?:run|runs|running|execute|invoke)\w{0,20} (?:a )?(?:command|anything|commands|stuff|system)\w{0,20}.{0,40}(?:on )?(?:a |the |my |any )?(?:node|mac|machine)|node\.invoke|nodes (?:invoke|run)|commands? (?:run )?on a node|system\.run|command on a node|nodes (?:invoke|run)\b|system\.which|run (?:anything|commands?|stuff) on (?:the|my|a)|remote (?:exec|command)s? on|exec host ?= ?node|host=node/,
  },
  'node-status-fine': {
    says: 'sees the node connected in its status',
    pattern:
      /status (?:says|shows|is|of the node is)? ?(?:connected|paired|online|green|ok)|(?:node|it) (?:is |shows (?:as |up as )?)?(?:connected|online|green)|nodes status|paired, connected|1 connected|listed as connected|is connected,|connected: ?(?:true|yes)|shows? (?:up )?(?:as )?connected|online in (?:the )?(?:list|status)|says (?:it'?s |it is |the node is )?connected|connected, paired|paired yes/,
  },
  'nodes-list-empty': {
    says: 'finds no node waiting',
    pattern:
      /nodes pending.{0,60}(?:empty|no pending|nothing)|no pending (?:pairing|node)|nothing to approve|nodes pending|nodes? (?:list )?(?:is )?empty|nodes pending.{0,60}(?:nothing|none|empty)|only (?:in|under|with) (?:the )?devices list|waits in the list of devices/,
  },
  'node-approval': {
    says: 'is about approving a node',
    pattern:
      /nodes approve|approv(?:e|es|ing|ed) (?:a |the |my )?node|node\.pair\.approve|never approved as a node|node (?:approval|pairing approval)|approv\w{1,3} (?:the |my |that |a )?(?:new )?(?:node|machine|mac|build machine)|node (?:is )?(?:not|never) approved/,
  },
  'node-token': {
    says: "is about a node's token",
    pattern:
      /--role node|rotat\w{1,20} .{0,30}node|revo\w{1,20} .{0,30}node|token of (?:a|the|that|my) (?:lost |old |stolen )?(?:node|machine|mac)|node\b.{0,60}(?:rotat|revo[ck])|devices (?:rotate|revoke).{0,40}node/,
  },
  'operator-and-node': {
    says: 'has one device be operator and node',
    pattern:
      /operator and (?:a )?node|node and (?:an )?operator|operator.{0,30}node in turn|key that an operator client|same (?:key|device).{0,40}node|node host uses the key|role[- _]upgrade|in turn every|rolefrom=|cli and (?:the )?node|node.{0,30}(?:and|plus) (?:the )?(?:cli|operator|command line)|node host.{0,60}(?:same (?:machine|device|key)|cli)|command line and the node|an operator when it connects as a node/,
  },
  'approved-by-network': {
    says: 'has devices approved by their network',
    pattern: /autoapprovecidrs|trusted-cidr|auto-?approve.{0,20}(?:cidr|subnet|network)|sshverify/,
  },
  'mac-app': {
    says: 'is about the app of macOS',
    pattern:
      /openclaw-macos|mac(?:os)? app|menu ?bar app|mac companion|remote mac\b|openclaw\.app|mac ?os companion|the mac client|openclaw for mac/,
  },
  'windows-client': {
    says: 'is about a Windows client',
    pattern:
      /win32|windows (?:companion|node|app|tray)|openclaw-windows|windows device|tray app|windows app|on (?:this|my) windows pc|win32/,
  },
  'third-party': {
    says: 'is about a client that others wrote',
    pattern:
      /third[- ]party|own client|my (?:client|library|sdk)|custom client|client library|python (?:script|client|lib)|go client|rust client|homegrown|selbst geschrieben|自己写的?客户端|we tried \{|handshake .{0,20}(?:python|golang|rust)|my own (?:client|app|dashboard|ui)|wrote (?:a|my|an own) (?:client|script|bot|app)|(?:python|go|rust|java|c#|kotlin|swift) (?:client|sdk|program|implementation)|implement(?:ing|ed)? the (?:protocol|handshake)|clawsuite|openclaw-deck|integration library/,
  },
  'older-client': {
    says: 'has a client of another release than the gateway',
    pattern:
      /(?:app|client|phone|command|cli|panel).{0,30}(?:older|newer|different release|different version|outdated)|of different releases|no (?:app )?update|not updated|old app|pinned (?:to )?protocol|bundled|(?:app|client|command|cli|panel|plugin).{0,40}(?:older than|behind|outdated|still (?:on|at)|from (?:january|february|march|april|may))|version skew|different versions|mixed versions/,
  },
  'removed-device': {
    says: 'removed a device and cannot pair it again',
    pattern:
      /removed device|device (?:was )?removed|devices remove|cannot pair again|won't pair again|remove[d]? .{0,30}(?:pair again|re-?pair)|(?:removed|deleted|kicked|unpaired) (?:the |my |that |this )?(?:device|phone|laptop|cli).{0,80}(?:pair|back|again)|removed (?:my|the|that|this|it)\b.{0,60}(?:pair|fresh|again|no new request)|no new request (?:shows|appears|comes)/,
  },
  'new-secret': {
    says: 'changed the shared secret',
    pattern:
      /(?:chang|rotat|replac|reset|regenerat|new)\w{0,20} (?:the |my |a )?(?:shared |gateway )?(?:token|secret|password)|(?:token|secret|password) (?:was |has been )?(?:changed|rotated|replaced)|former secret|old (?:one|secret|token|password)|(?:changed|rotated|new|reset) (?:the |our |my |its )?(?:gateway )?(?:auth )?(?:token|password|secret)|token rotation|rotated our|neues token|nuevo token|nouveau (?:token|mot de passe)/,
  },
  'old-secret-works': {
    says: 'says that the old secret still works',
    pattern:
      /\bold (?:\S{1,60} )?(?:one|secret|token|password)\b.{0,40}(?:still|works|continue|accepted|200|lets me)|still accepts? (?:a |the )?(?:old|replaced)|with the old one continue|replaced secret|(?:leaked|previous|former|replaced) (?:token|secret|password).{0,60}(?:still|works|accepted|200)/,
  },
  'secret-over-http': {
    says: 'is about the secret over HTTP',
    pattern: /over http and|\/tools\/invoke|\/v1\/|http (?:api|route|endpoint)|over http\b/,
  },
  'secrets-file': {
    says: 'keeps the secret in a file',
    pattern: /secrets? file|secrets\.json|secrets?\.reload|secret provider|secretref/,
  },
  'revoked-works': {
    says: 'says that a revoked device still works',
    pattern:
      /(?:revok|remov|delet)\w{1,4} .{0,160}(?:\bstill (?:in|works?|connected|can|reads?|online|open)|usable|further calls|keeps? (?:working|reading|its|calling)|kept (?:working|reading|calling)|open (?:web)?(?:socket|connection))|open (?:web)?(?:socket|connection) (?:usable|stays|keeps|kept)|removing a device leaves|kept working after/,
  },
  'rotated-works': {
    says: 'says that a rotated token still works',
    pattern:
      /rotat\w{1,4} .{0,120}(?:\bstill (?:works?|in|connected|can)|usable|keeps? working|kept working|open (?:web)?(?:socket|connection))/,
  },
  'rotation-gives-more': {
    says: 'says that a rotation gave more',
    pattern:
      /rotat\w{1,20}.{0,110}(?:\bmore\b|admin|\brole|scopes?\b|beyond|not approved|another device|escalat)|by rotation|escalat\w{1,4}.{0,60}rotat/,
  },
  'of-other-devices': {
    says: 'is about devices of others',
    pattern:
      /(?:another|other|others'?|someone else's) (?:paired |user's )?(?:device|devices|tokens?|phone)|of others|other people's|not its own|(?:a|the) (?:different|second|third) (?:device|phone)|(?:any|every) other (?:paired )?device|somebody else's|of b\b|device b\b/,
  },
  'acts-for-others': {
    says: 'has a device decide about requests of others',
    pattern:
      /(?:lists?|approves?|rejects?|changes?) (?:the )?(?:pairing )?requests? of others|lists the requests of others|device\.pair\.(?:approve|reject|list)|pairing requests of others|(?:approve|reject|list)s? (?:the )?(?:pending |pairing )?(?:requests?|devices) (?:of|from) (?:other|another|somebody|strangers)|paired phone can (?:list|approve|reject)|device\.pair\.(?:approve|reject|list).{0,60}(?:other|another|any)/,
  },
  'approver-has-less': {
    says: 'has somebody approve more than they hold',
    pattern:
      /(?:operator\.)?pairing alone approves|does not check the approver|approver'?s scopes|few scopes approves|without admin approves|approves? (?:a |any )?device (?:as|for) admin|chat command|\/pair approve|(?:only|just|with|has|holding) (?:operator\.)?pairing.{0,80}(?:approve[sd]?|grant).{0,40}admin|approve[sd]? .{0,40}(?:scopes )?(?:it|they) (?:does|do) ?n[o']t (?:have|hold)|approv\w{1,4}.{0,60}escalat|escalat\w{1,4}.{0,60}approv(?:e|ing)\b/,
  },
  'node-approved-with-less': {
    says: 'has somebody approve a node with too few scopes',
    pattern:
      /few scopes approves a node|approving a node does not require|node.{0,60}(?:without|few) (?:the )?scopes|stricter rule later stops automation|operator\.write (?:alone |only )?.{0,60}approve.{0,20}node|node\.pair\.approve.{0,80}(?:write|pairing|without|low)/,
  },
  'declares-scopes': {
    says: 'has a client declare its own scopes',
    pattern:
      /declar(?:es|ed|ing)|x-openclaw-scopes|self-declared|scopes? (?:it|they) ask(?:s)? for|sends? (?:its|his|her) own scopes|scopes header|claims? (?:operator\.)?admin|asks? for whatever/,
  },
  'backend-without-device': {
    says: 'is about a backend without a device',
    pattern:
      /backend without a device|calls? itself the gateway's backend|gateway-client.{0,40}(?:without|no) device|backend.{0,30}(?:skips|without) pairing|backend.{0,40}(?:no|without (?:a )?) ?device|mode ["']?backend["']?.{0,60}(?:no|without|skip)|gateway-client.{0,60}(?:skip|bypass|no pairing|without pairing)/,
  },
  'local-service': {
    says: 'is about a local service without a device',
    pattern:
      /local services?|local (?:daemon|script|bot|service) .{0,40}(?:device|scopes)|services? without a device|(?:script|daemon|bot|service|integration|home automation).{0,60}(?:no|without (?:a )?) ?device/,
  },
  'bogus-token': {
    says: 'shows a token that need not be right',
    pattern: /bogus|any token|token that need not be right|dummy token|skip the device check/,
  },
  canvas: { says: 'is about the canvas', pattern: /\bcanvas\b|__openclaw__\/canvas/ },
  'own-program': {
    says: 'is about a program that the user wrote',
    pattern:
      /\bmy (?:own |little |small |python |node )?(?:\S{1,20} )?(?:service|script|tool|daemon|program|integration|bridge)\b|mein(?:e)? (?:skript|programm|dienst)|mi script|mon script|我的脚本/,
  },
  'first-pairing': {
    says: 'is about the very first pairing',
    pattern:
      /first (?:local )?pairing|first client|very first device|very first (?:client|device|connection)|first (?:client|device) (?:gets|got|is|that)|fresh (?:install|gateway).{0,60}(?:admin|everything)/,
  },
  'device-auth-file': {
    says: 'is about device-auth.json',
    pattern:
      /device-auth\.json|identity\/|device\.json|cached (?:device )?token|credentials were narrowed|saved credentials/,
  },
  'from-browser': {
    says: 'is about what a page gets silently',
    pattern: /gets? it silently|permanent admin|silent local pairing/,
  },
  local: {
    says: "happens on the gateway's own machine",
    pattern:
      /loopback|ws:\/\/127\.0\.0\.1|ws:\/\/localhost|local(?:host)?\b|same (?:machine|box|host|pc)|own machine|on the (?:gateway|box) itself|本机|本地|lokal|mismo equipo/,
  },
  remote: {
    says: 'comes from another machine',
    pattern:
      /\bremote (?:gateway|client|cli|device|mac|machine|node|host|url)|gateway\.mode=remote|from (?:my |the |another )?(?:laptop|macbook|phone|desktop|pc|machine|mac)\b|over the (?:lan|network)|\blan\b|另一台|von einem anderen|otra máquina|remote=(?!127\.)\d/,
  },
  'lan-bind': {
    says: 'is bound to the network',
    fact: { kind: 'bind', value: /^(?:lan|tailnet|all|custom|0\.0\.0\.0|auto)/ },
    pattern: /lan bind|bound to the (?:lan|network)|bind(?:=| |: ?)["']?(?:lan|0\.0\.0\.0|tailnet)/,
  },
  'loopback-bind': {
    says: 'is bound to loopback',
    fact: { kind: 'bind', value: /^(?:loopback|localhost|127)/ },
    pattern: /bound to loopback|loopback bind|bind(?:=| |: ?)["']?loopback/,
  },
  'own-address': {
    says: "dials the machine's own network address",
    pattern:
      /(?:own|host's|machine's) (?:lan |network |tailnet )?(?:address|ip)|ws:\/\/(?:192\.168|10\.|172\.(?:1[6-9]|2\d|3[01])|100\.)|gateway target: ws:\/\/(?!127|localhost)|lan ip|eigene ip|tailnet (?:ip|bind)|gateway target: wss?:\/\/(?:192\.168|10\.|172\.|100\.)|source: (?:local )?(?:lan|tailnet)|uses? (?:the|its|my) (?:lan|network|tailnet|tailscale) (?:address|ip)|lan-adresse|ip de (?:la )?(?:red|lan)/,
  },
  container: {
    says: 'runs in a container',
    pattern: /docker|container|compose|podman|kubernetes|\bk8s\b|\bpod\b|容器|contenedor/,
  },
  'command-in-container': {
    says: "runs the command in the gateway's container",
    pattern:
      /docker(?:[- ]compose)? exec|exec -it|kubectl exec|inside the (?:gateway )?container|in(?:side)? the container|in the add-?on terminal|podman exec|容器(?:内|里)|im container|docker (?:compose )?exec|inside (?:the )?(?:docker|pod|add-?on)|shell of the (?:app|container|add-?on)|add-?on terminal|dans le conteneur|dentro del contenedor/,
  },
  'client-container': {
    says: 'runs the command in a container of its own',
    pattern:
      /cli (?:container|service)|openclaw-cli|container of its own|separate container|docker[- ]compose run|sidecar|network_mode: ?["']?(?:service|container)|shares? (?:its |the )?network|another container|second container|(?:cli|command|client).{0,30}(?:another|second|other|separate|own) container|compose run|network_mode|container:\w{1,20}/,
  },
  'docker-desktop': {
    says: 'runs on Docker Desktop',
    pattern: /docker desktop|docker for (?:mac|windows)|colima|orbstack|rancher desktop/,
  },
  'published-port': {
    says: 'comes through a published port',
    pattern:
      /published port|port (?:is )?published|-p \d{1,9}:\d{1,9}|ports?: ?-? ?["']?\d{1,9}:\d{1,9}|127\.0\.0\.1:18789:18789|port mapping|bridge address|172\.1[78]\.0\.1|docker bridge|bridge (?:network|ip|gateway)|端口映射|-p \d|ports? (?:mapping|forward)|mapped port|exposed port|portainer|puerto publicado|port publié|veröffentlichte[rn]? port/,
  },
  'no-answer': {
    says: 'gets no answer at all',
    pattern:
      /(?:does not|doesn't|no|never) (?:answer|reply|respond)|connection (?:refused|reset)|econnrefused|econnreset|empty reply|err_connection|socket hang up|timed? ?out connecting|连接被拒绝|verbindung (?:abgelehnt|verweigert)|conexión rechazada|recv failure|reset by peer|empty reply|cannot connect|can't connect|unable to connect|no response|keine (?:antwort|verbindung)|ne répond pas|no responde|无法连接|连不上/,
  },
  'host-docker-internal': {
    says: 'calls the gateway by host.docker.internal or the bridge',
    pattern:
      /host\.docker\.internal|host-gateway|calls its host over the bridge|docker0|docker host.{0,20}(?:from|by)|from (?:a|another|my) container.{0,40}(?:host|bridge)/,
  },
  'new-key': {
    says: 'makes a new key at each run',
    pattern:
      /new (?:device )?key|new identity each|new device (?:id )?(?:each|every|at)|ephemeral|makes a key per run|(?:each|every) (?:run|start|time).{0,20} (?:new|another) (?:pending )?(?:device|key|identity|row)|home is discarded|grows by an entry|paired again after each restart|tmpfs/,
  },
  'home-lost': {
    says: 'lost the home of the gateway',
    pattern:
      /volume|recreat(?:e|ed|ing)|redeploy|new container|persist|no volume|without (?:a )?volume|docker compose (?:down|up|pull)|container (?:was )?(?:replaced|recreated|rebuilt)|new image|watchtower|\bpvc\b|rollout|container layer|emptydir|pod (?:is |was |gets )?(?:replaced|restarted|rescheduled)|(?:each|every) deploy/,
  },
  'nested-home': {
    says: 'has a home in a home',
    pattern:
      /nested|\.openclaw\/\.openclaw|home is nested|twice in the path|openclaw_home=\S{0,60}\.openclaw|reads? another config|wrong (?:home|config)|\.openclaw\/\.openclaw|home (?:is )?set (?:to|one)|home=\/\S{0,60}\.openclaw|two configs?|second config|another openclaw\.json|doppelt/,
  },
  'first-approval': {
    says: 'cannot make the first approval',
    pattern:
      /first approval|cannot approve|can(?:'|no)t (?:list|approve)|neither list nor approve|approve no device|command that could approve|approval that would help|hen,? (?:and )?egg|chicken[- ]and[- ]egg|can approve no|henne|鸡生蛋|el huevo|nobody (?:left )?(?:to|can) approve|can't approve (?:anything|it|any)|cannot approve (?:anything|any|the)|approve.{0,40}(?:also |itself )?(?:needs|requires|asks|refus|pairing required)|who approves (?:the|then)|first device|devices approve.{0,140}(?:missing scope|scope upgrade|denied|pairing required|refus)|both (?:ends|sides).{0,40}wait|how (?:would|does|can|should|do) (?:anybody|anyone|one|i|you) (?:ever )?(?:get in|do the first)|needs what it|(?:scope|what) it (?:is about to|would|is to|has to) (?:give|grant)|kann nichts genehmigen|no puedo aprobar|无法批准/,
  },
  'holds-pairing-only': {
    says: 'has a command that holds operator.pairing only',
    pattern:
      /holds? only operator\.pairing|lacks the scope that it would grant|act on itself only|pairing scope only|only operator\.pairing/,
    fact: { kind: 'scopes', value: /^operator\.pairing$/, side: 'held' },
  },
  'lists-fails': {
    says: 'cannot list devices',
    pattern: /devices list.{0,60}(?:fail|refus|error|exceed|1008|1000|timeout|pairing)|`devices list`/,
  },
  'writes-files': {
    says: 'has the command write an approval itself',
    pattern:
      /writes the approval|into its files|local fallback|fall(?:s|ing)? back to local|falling back|bypass(?:es)? the gateway|approved locally|paired\.json (?:was )?(?:changed|written) by the (?:command|cli)|without asking the gateway|device\.json directly/,
  },
  'url-in-environment': {
    says: 'has the address of the gateway in its environment',
    pattern: /openclaw_gateway_url|gateway_url=|private address, commands|whose gateway has a private address|nemoclaw/,
  },
  'secret-given': {
    says: 'gave the right secret',
    pattern:
      /--token\b|token is (?:right|correct|fine|ok|valid)|right token|correct token|with (?:the )?(?:full|right|correct|valid) token|given a token|token correct|token ?= the real|why does the token not count|令牌正确|richtige[sn]? token|holds? the (?:shared )?(?:secret|token)|token auth|token (?:is )?(?:the )?same (?:in|on) both|same token|token matches|token es correcto|token (?:est|ist) (?:correct|bon|richtig)|gateway_token is|with (?:my|our|the) token|has the token|copied (?:the token|it)|token stimmt/,
  },
  proxy: {
    says: 'has a proxy in front of the gateway',
    pattern:
      /nginx|caddy|traefik|haproxy|reverse[- ]proxy|behind (?:a |the |my )?(?:proxy|nginx|caddy|traefik|tunnel|ingress)|cloudflared?|reverse_proxy|proxy_pass|ngrok|ingress|反向代理|反代|proxy inverso|load balancer|tunnel\b|serve\b|\bnpm\b proxy|zoraxy|swag\b|\bpangolin\b|\bporkbun\b tunnel|behind (?:https|ssl|tls)|proxied|proxy_set_header|x-forwarded/,
  },
  'same-host-proxy': {
    says: "has the proxy on the gateway's own machine",
    pattern:
      /(?:proxy|nginx|caddy|traefik|cloudflared|tunnel).{0,60}(?:same (?:host|machine|box|vm|server)|localhost|127\.0\.0\.1|loopback|one host)|(?:same host|one host|localhost|127\.0\.0\.1|loopback).{0,60}(?:proxy|nginx|caddy|traefik|cloudflared)|reverse_proxy (?:localhost|127\.0\.0\.1)|proxy_pass http:\/\/(?:127\.0\.0\.1|localhost)/,
  },
  'proxy-trusted': {
    says: 'trusts the proxy already',
    fact: { kind: 'trusted-proxies', value: /\d/ },
    pattern: /trustedproxies (?:is|has|contains|already)|list of trusted proxies contains|already (?:in )?trusted/,
  },
  'trusts-widely': {
    says: 'trusts whole networks as proxies',
    fact: { kind: 'trusted-proxies', value: /\/(?:[0-9]|1\d|2[0-4])\b|::\/0/ },
    pattern:
      /every private address|network range|whole (?:range|subnet)|trusts? (?:all|every) private|\bcidr\b|10\.0\.0\.0\/8|172\.16\.0\.0\/12|192\.168\.0\.0\/16|0\.0\.0\.0\/0|whole ranges|all private|entire (?:subnet|range|network)/,
  },
  'chooses-address': {
    says: 'has a client choose its address',
    pattern:
      /(?:chooses?|choose the|forge[sd]?|spoof\w{0,20}|writes? (?:into)?) (?:the )?(?:address|ip|x-forwarded-for|headers?)|believes? the address|spoof|invented (?:address|header)|leftmost|first entry of x-forwarded|x-forwarded-for: ?(?:127|localhost|::1)|sends? (?:a )?(?:fake|forged|own|its own|any) (?:x-forwarded|header|address|ip)|pretend(?:s|ing)? to be (?:local|127)|fälsch|falsif|伪造|(?:x-forwarded-for|header).{0,60}(?:first|leftmost|begin|end|believ)|what keeps .{0,40}(?:writing|sending) (?:his|its|their) own/,
  },
  'forwarded-header': {
    says: 'names a forwarded header',
    pattern: /x-forwarded|x-real-ip|forwarded header|weitergeleitet/,
  },
  'forwarded-host-only': {
    says: 'sends X-Forwarded-Host alone',
    pattern:
      /x-forwarded-host (?:alone|only)|only x-forwarded-host|single forwarded header|only (?:\w{1,9} )?(?:adds|sends|sets|passes) x-forwarded-host|x-forwarded-host (?:here|and nothing)|x-forwarded-host is the only/,
  },
  'taken-for-local': {
    says: 'is taken for local',
    pattern:
      /taken? for local|treated as local|as (?:a )?local client|pairs? (?:it|them|him) silently|counts as local|localclient|is local\b|lokal behandelt|is (?:then |seen as |considered )?local|looks? local|as if (?:it were |they were )?local|comes? from 127\.0\.0\.1|every(?:body|one) (?:behind|through).{0,40}(?:in|paired|local)/,
  },
  'taken-for-remote': {
    says: 'is taken for remote',
    pattern:
      /treat(?:s|ed) (?:\S{1,60} ){0,4}as (?:remote|unapproved)|taken for remote|as remote|not (?:recognised|recognized) as local|own cron client as unapproved|(?:treats?|takes?|counts?|sees?|considers?) (?:\S{1,60} ){0,4}(?:as|for) (?:a )?remote|thinks? (?:i am|it is|i'm) remote|not (?:seen|taken|treated) as local/,
  },
  tailscale: { says: 'comes through Tailscale', pattern: /tailscale|tailnet|\.ts\.net|magicdns/ },
  'tailscale-identity': {
    says: 'is about the identity that Tailscale gives',
    pattern:
      /allowtailscale|tailscale-user|tailnet user|tailscale (?:identity|whois|headers?)|recogni[sz]ed by tailnet|through serve from the machine|tailnet name|tailscale (?:user|login|account)|whois/,
  },
  'page-files': {
    says: 'has files of the page refused',
    pattern:
      /assistant-media|\bimages?\b.{0,40}(?:broken|401|403|missing|icons)|broken (?:icons|images)|browser panel|attachments? .{0,20}40[13]|bilder.{0,20}(?:fehlen|kaputt)|图片.{0,10}(?:加载|不显示|401)/,
  },
  'sign-in-proxy': {
    says: 'has a proxy that signs users in',
    pattern:
      /trusted-?proxy|single sign-?on|\bsso\b|authelia|authentik|oauth2|userheader|identity proxy|proxy has authenticated|proxy mode|cf-access|cloudflare access|forward[- ]?auth|auth proxy|authenticating proxy|remote-user|x-authentik|x-forwarded-user|oidc|saml|pomerium|keycloak/,
  },
  'user-lacks-scopes': {
    says: 'has a signed-in user who may do nothing',
    pattern:
      /(?:denies?|denied) (?:it |every |each |all )?(?:every |each |all )?(?:read|call)|asks? users whom the proxy|needs more scopes than before|signed[- ]in .{0,40}(?:scope|pair)|missing scope|(?:logged|signed) in.{0,80}(?:nothing|no (?:scopes|rights)|denied|missing)|every (?:panel|call|request).{0,40}(?:missing|denied)|asks? (?:me )?to pair (?:again )?although (?:i am )?(?:signed|logged)/,
  },
  'local-caller': {
    says: 'is about a caller that does not pass the proxy',
    pattern:
      /anything local|local (?:cli|command|calls?|callers?)|directly|goes straight to|cli .{0,40}(?:unauthorized|dead|fails)|same-host callers|sub-?agents|in the (?:add-?on )?terminal|cron .{0,30}(?:broken|chat)|localhost cli|internal calls?|on the box itself|from the shell|shut out|on the (?:gateway|server|host) itself|whatever runs (?:on|locally)/,
  },
  'no-user-way': {
    says: 'has no shared secret beside the proxy',
    pattern:
      /hasn't got that header|has no (?:such )?header|no shared (?:secret|token)|trusted_proxy_user_missing|without (?:the )?header/,
  },
  'password-beside': {
    says: 'has a password beside the proxy',
    fact: { kind: 'setting', value: /^password=set/ },
    pattern:
      /may use the password|password is (?:definitely |certainly )?(?:right|correct|set)|(?:right|correct|valid|same|shared) password|gateway_password|\+ (?:a )?password|and (?:a )?password\b|password (?:as well|beside|too)/,
  },
  'client-on-this-host': {
    says: "has the client on the gateway's own machine, behind the proxy there",
    pattern:
      /(?:itself|integration|same machine|host network|own host).{0,80}(?:dead|403|refused|fails)|url='https?:\/\/127\.0\.0\.1|remote=127\.0\.0\.1.{0,40}attribution|attribution.{0,80}remote=127\.0\.0\.1|calls? (?:itself|its own)/,
  },
  'slow-machine': {
    says: 'runs on a slow machine',
    pattern:
      /slow (?:machine|box|appliance|nas|cpu|vps)|busy machine|raspberry|under load|high load|cpu (?:at )?\d|takes seconds|langsam|pi ?(?:zero|3|4)\b|atom|celeron|old (?:nas|laptop|pc)|swap(?:ping)?\b|load average|takes \d{1,9} seconds|100 ?%|überlastet|lento/,
  },
  crowd: {
    says: 'has many connections that say nothing',
    pattern:
      /(?:many|thirty|hundreds of|idle|unauthenticated) (?:idle |open |unauthenticated )?(?:sockets|connections)|too many unauthenticated|flood of connections|(?:open|opening|opens) \d{1,9} (?:connections|sockets)|hundreds of (?:connections|sockets)|slowloris|dos\b|denial of service/,
  },
  'wrong-first-frame': {
    says: 'sends something else than `connect` first',
    pattern:
      /first frame|before (?:the answer to )?(?:its )?connect|proof (?:format|response)|send proof|event before the answer|"type": ?"(?:proof|auth|hello)|invalid handshake|challenge nonce|sign(?:ed)? nonce|not a connect|text must be signed/,
  },
  leaves: {
    says: 'has a client leave',
    pattern:
      /closed in the middle|page that is closed|closes the tab|going away|disconnects during|close[sd]? the (?:tab|window|browser|lid)|navigat\w{1,20} away|left the page/,
  },
  killed: {
    says: 'has a gateway that was killed',
    pattern:
      /\bkill(?:ed|s)?\b(?!ing that)|oom-?kill|sigkill|crash-?loop|power (?:cut|loss)|out of memory|stromausfall|killed by|exit code 137|137\b|segfault|power outage|blackout|abgestürzt|blackout|power failure/,
  },
  'decided-twice': {
    says: 'has a request decided twice',
    pattern:
      /approve[sd]? (?:twice|again)|already (?:approved|decided)|race the device|scripts that approve|approves? the latest|auto-approve script|two (?:owners|admins|browsers) (?:approve|decide)|approve (?:it )?(?:a )?second time|approved (?:by|from) (?:two|both)|already been (?:approved|decided)|race condition|auto-approv\w{1,20} script|cron that approves|(?:two of us|both of us|two (?:people|owners|admins|browsers|tabs)|twice).{0,80}approv|approv.{0,60}(?:same (?:moment|time|second)|twice|at once)/,
  },
  expires: {
    says: 'has requests that expire or pile up',
    pattern:
      /expir(?:es|ed|y)|left open overnight|about a hundred requests|never expire|overnight|old requests|(?:request|pending).{0,40}(?:gone|vanish|disappear|timed out)|(?:too|so) (?:late|slow)|five minutes|5 ?min|stale requests|läuft ab|caduca|over ?night|\d{2,4} (?:pending|waiting) (?:requests?|entries|devices)|left (?:the |my )?(?:\S{1,60} )?app open/,
  },
  'invented-setting': {
    says: 'sets something that no release knows',
    pattern:
      /loopbackexempt|internalspawnbypass|enforcepairing|skipforloopback|openclaw_skip_pairing|openclaw_internal_spawn_bypass|pairing\.required|skip ?pairing|unrecognized key|unknown (?:config )?key|gateway\.pairing\b|disable pairing|pairing: ?(?:false|off|disabled)|internalspawn|pairing:\s{0,9}$|"pairing": ?\{|skip_pairing|disable_pairing|no_pairing|pairing(?:mode)? ?[:=] ?(?:off|none|auto|disabled)/,
  },
  'invented-here': {
    says: 'sets variables or a second config file',
    pattern: /openclaw_skip_pairing|openclaw_internal_spawn_bypass|\.config\/openclaw\/gateway\.json/,
  },
  'auto-approve-local': {
    says: 'is about gateway.…autoApproveLocal',
    pattern: /autoapprovelocal|auto-?approve.?local|setting promises to approve local/,
  },
  'intended-answer': {
    says: 'was told that this is intended',
    pattern: /called intended|by design|works as intended|as designed|so gewollt/,
  },
  'own-device-token': {
    says: "has the gateway's own client come with its device token",
    pattern:
      /device token in place of|own client when it returns|returns with its device token|deviceToken.{0,30}gateway-client/,
  },
  'unusual-client': {
    says: 'is about a client with an unusual name',
    pattern:
      /unusual name|because of the name|client ?id ["'`]?(?:test|probe|app)|own cron client as unapproved|openclaw-probe|clientid ["']?(?:test|probe|custom)|because of its (?:client )?(?:id|name)/,
  },
  'refusal-unclear': {
    says: 'says that the refusal does not help',
    pattern:
      /refusal says|does not say (?:how|which|why)|(?:same|one) text for|manual does not say|not how to approve|error (?:message )?(?:does ?n[o']t|is not) help|(?:message|error|text|log).{0,40}(?:does ?n[o']t|not|never) (?:say|tell|name|explain)|no hint|tells? (?:me|you|us) nothing|which (?:scope|device) (?:is|was) missing|misleading|confusing (?:error|message)/,
  },
  'no-request-shown': {
    says: 'finds no request to approve',
    pattern:
      /no (?:waiting )?requests?(?: \S{1,60}){0,2} (?:to approve|waiting|shown|pending|listed)|finds no|shows no request|nothing (?:is )?pending|pending(?: list)? (?:is )?empty|no pending|keine (?:offene )?anfrage|没有(?:待)?(?:批准|配对)?请求|ninguna solicitud|nothing (?:to approve|waiting|in (?:the )?(?:pending|devices))|pending is empty|no pending (?:requests?|devices?|entries)|stays empty|leer\b|vacía|vide\b/,
  },
  'desktop-app': {
    says: 'is about a desktop app',
    pattern:
      /desktop (?:app|client)|aionui|clawx|lobsterai|clawpanel|electron|tauri|desktop (?:client|program|assistant|wrapper)|mac app\b|electron app|native app/,
  },
  'one-command-only': {
    says: 'sees one command fail while others work',
    pattern:
      /\bskills (?:info|list|install)\b|only (?:one|this|that) (?:command|subcommand)|other (?:commands|subcommands) (?:are |work|still)|some commands (?:work|are fine)/,
  },
  'command-in-turn': {
    says: 'has commands of one home in turn',
    pattern: /holds one scope at a time|then the \*?cli\*?|each call asks|each approval/,
  },
  'told-nothing': {
    says: 'is a wish or a question, and no failure',
    pattern: /feature request|would be (?:nice|great)|please add|wish for|any plans/,
  },
} as const satisfies Record<string, Sign>;

/** What is not the gateway's. */
const ELSEWHERE = {
  'missing-program': {
    says: 'misses a program of the system',
    pattern:
      /(?:sh|bash|ash|zsh|env)(?:: line \d{1,9})?: (?:\d{1,9}: )?[\w.-]{1,60}: (?:command )?not found|command not found|: not found\b(?!["'])|no such file or directory: ?['"]?\w{1,20}$|is not recognized as (?:an internal|the name)|executable file not found/,
  },
  'model-provider': {
    says: 'is about the provider of a model',
    pattern:
      /\b(?:openai|anthropic|openrouter|gemini|ollama|deepseek|mistral|groq|bedrock|moonshot|qwen|minimax)\b.{0,60}(?:api|key|401|403|429|quota|limit|error|model)|api[ _-]?key (?:is )?(?:invalid|missing|not set|expired)|invalid x-api-key|invalid[ _]api[ _]key|insufficient[ _]quota|model_not_found|no api key found|billing|overloaded_error|context length|incorrect api key|(?:openai|anthropic|openrouter|gemini|ollama|deepseek|mistral|groq).{0,60}(?:402|payment|fail)|model fallback|payment required/,
  },
  'chat-service': {
    says: 'is about a chat service',
    pattern:
      /\b(?:telegram|discord|slack|whatsapp|signal|matrix|feishu|wechat|google chat|teams)\b.{0,60}(?:bot token|webhook|401|403|404|409|intents?|unauthorized|disconnected|qr|session|conflict)|getupdates|privileged intent|terminated by other getupdates|bad mac|baileys/,
  },
  webhook: {
    says: 'comes from a channel that calls by HTTP',
    pattern: /webhook|http[- ]mode|socket mode|google ?chat|zero[- ]scope|plugin route/,
  },
  'dm-pairing': {
    says: 'is about pairing a person in a chat, which is another pairing',
    pattern:
      /pairing approve (?:telegram|discord|whatsapp|signal|slack|imessage)|dmpolicy|dm policy|your (?:telegram|discord|whatsapp) user id|access not configured|sender is not (?:allowed|approved)|allowfrom/,
  },
  'package-install': {
    says: 'is about installing a package',
    pattern:
      /npm (?:err|error|warn)|eacces: permission denied, mkdir|ebadengine|enoent.{0,40}package\.json|cannot find module|err_module_not_found|node-gyp|sharp:|unsupported engine|gyp err|peer dep|pnpm|failed to (?:build|compile)/,
  },
  'proxy-cannot-reach': {
    says: 'has a proxy that does not reach the gateway',
    pattern:
      /\b502\b|bad gateway|\b504\b|gateway time-out|upstream (?:prematurely|timed out|connect error)|no live upstreams|upstream sent|host not found in upstream/,
  },
  'name-or-certificate': {
    says: 'is about a name or a public certificate',
    pattern:
      /enotfound|nxdomain|getaddrinfo|err_name_not_resolved|dns_probe|acme|let'?s encrypt.{0,40}(?:fail|error|rate)|cert_has_expired|certificate has expired|net::err_cert|certbot|dns (?:record|challenge)/,
  },
  'port-taken': {
    says: 'has a port that is taken',
    pattern:
      /eaddrinuse|address already in use|port is already allocated|bind for 0\.0\.0\.0|port \d{1,9} is (?:already )?(?:in use|taken|occupied)|another gateway instance|already listening|lock(?:file)? .{0,30}(?:held|exists)|端口被占用/,
  },
  'disk-or-rights': {
    says: 'is about the disk or the rights of files',
    pattern:
      /enospc|no space left|eacces: permission denied, (?:open|unlink|rename)|permission denied|eperm|read-only file system|erofs|operation not permitted/,
  },
  'service-manager': {
    says: 'is about the service that starts the gateway',
    pattern:
      /stale pid|pidfile|failed to (?:start|enable) .{0,30}\.service|unit .{0,30}not found|launchctl .{0,40}(?:fail|error|could not)|systemctl --user .{0,40}(?:fail|not)|linger|failed to connect to bus/,
  },
  'config-syntax': {
    says: 'has a configuration that cannot be read',
    pattern:
      /json5? (?:parse )?error|unexpected token|invalid config(?:uration)?|config (?:is )?invalid|config validation failed|unrecognized key|expected .{0,20} received/,
  },
  'distribution-shell': {
    says: 'is about a button or script of a distribution',
    pattern:
      /(?:button|script|wizard|luci|plugin|installer|按钮|一键).{0,60}(?:not found|fails?|error|❌|calls?|坏)|❌ ?(?:sh|bash)|一键批准/,
  },
  'blocked-on-the-way': {
    says: 'is about an add-on, a firewall or a virus scanner that blocks the connection',
    pattern:
      /ublock|adblock|ad-?blocker|noscript|blocked[_ ]by[_ ](?:client|extension|an? (?:add-?on|extension|firewall))|antivirus|virus scanner|windows defender|\bfirewalld?\b|\bufw\b|iptables|security group|防火墙|cortafuegos|pare-feu/,
  },
  'not-openclaw': {
    says: 'is about another program',
    pattern: /\b(?:picoclaw|zeroclaw|nanobot|nanoclaw|openhands|librechat|open ?webui|n8n|home ?bridge|plex)\b/,
  },
} as const satisfies Record<string, Sign>;

export const SIGNS = { ...REFUSALS, ...SITUATIONS, ...ELSEWHERE } as const satisfies Record<string, Sign>;

export type SignId = keyof typeof SIGNS;
export const SIGN_IDS = Object.keys(SIGNS).filter((id): id is SignId => id in SIGNS);

/** The entry of a sign, with its optional parts. */
export function signOf(id: SignId): Sign {
  return SIGNS[id];
}
