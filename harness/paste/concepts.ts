/**
 * What people write about, each idea as the words that they use for it in the languages of the reports. A word that ends with `*` stands for
 * every word that begins so; a word of a script without spaces is found anywhere. One idea says nothing alone: reports of one kind share
 * several of them, in different words (harness/paste/likeness.ts).
 */

/** Who connects, and who decides. */
const CLIENTS = {
  'sub-agent':
    'subagent* sub-agent* sessions_spawn spawn* helper helpers specialist* worker workers delegat* orchestrat* handoff unteragent* subagente* sous-agent* 子代理 子智能体 子任务 サブエージェント подагент*',
  agent: 'agent agents bot assistant assistent* agente agentes ассистент* агент* 助手 智能体 エージェント',
  cron: 'cron cronjob* schedul* nightly digest reminder* recurring zeitplan* geplant* programad* planifi* 定时 计划任务 スケジュール расписани*',
  terminal:
    'cli shell terminal console command commands tui konsole befehl* comando* commande* 命令行 命令 终端 コマンド команд*',
  page: 'browser browsers dashboard ui webui webchat panel tab tabs page pages chrome firefox safari edge opera brave seite oberfläche navegador página navigateur 网页 浏览器 控制台 面板 页面 ブラウザ ダッシュボード браузер* панел* страниц*',
  phone:
    'phone phones iphone android ios ipad tablet smartphone mobile handy galaxy pixel xiaomi testflight apk móvil celular téléphone 手机 安卓 スマホ телефон*',
  node: 'node nodes minis 节点 ノード нод*',
  companion: 'companion tray menubar menu-bar greyed',
  'desktop-app': 'electron tauri clawx aionui lobsterai clawpanel desktop 桌面',
  library:
    'sdk library libraries implementation implement* python golang rust kotlin swift adapter protocol client-side third-party bibliothek biblioteca',
  service:
    'service daemon backend integration homeassistant mission-control script scripts skript dienst servicio сервис* 服务 脚本',
  attacker:
    'attacker attack* malicious evil exploit* poc advisory ghsa cve cvss researcher escalat* vulnerab* takeover angreifer atacante 攻击 漏洞 уязвим*',
  neighbour: 'neighbour* neighbor* stranger* anyone anybody everybody everyone friend friends kid visitor* colleague*',
  owner: 'owner admin admins operator operators besitzer dueño propriétaire 管理员',
  channel: 'telegram discord slack whatsapp feishu wechat qq signal matrix 飞书 微信 钉钉',
} as const satisfies Record<string, string>;

/** From where, and through what. */
const PLACES = {
  'same-machine':
    'localhost loopback 127.0.0.1 same-host locally local machine itself lokal* 本机 本地 ローカル локальн*',
  network: 'lan wlan wifi subnet network netz* heimnetz red réseau 局域网 内网 сети сеть',
  'other-machine': 'remote laptop macbook vps server another azure hetzner ec2 remoto distant 远程 服务器 удал[её]нн*',
  container:
    'docker container* compose podman kubernetes k8s pod pods image sidecar contenedor* conteneur* 容器 контейнер* コンテナ',
  proxy:
    'proxy proxies nginx caddy traefik haproxy envoy apache cloudflare* cloudflared ingress reverse ngrok vhost 反代 反向代理 代理 прокси',
  tailscale: 'tailscale tailnet ts.net magicdns serve funnel',
  tunnel: 'tunnel ssh autossh port-forward* forwarding frp 隧道 туннел*',
  bridge: 'bridge 172.17.0.1 172.18.0.1 host.docker.internal nat published 端口映射',
  'signed-in':
    'sso authelia authentik oauth2 oidc saml login logged signed-in trusted-proxy userheader identity cf-access keycloak pomerium 登录 单点登录',
  sandbox: 'sandbox* openshell nemoclaw',
  appliance: 'nas synology qnap unraid truenas umbrel raspberry celeron pi terramaster appliance jetson 群晖 飞牛',
  hosted: 'railway render fly coolify caprover template templates hosting hostinger zeabur dokploy redeploy* deploy*',
} as const satisfies Record<string, string>;

/** What somebody did before it, or what changed. */
const CHANGES = {
  update:
    'update* upgrad* bump* npm brew install* actualiz* aktualisier* mise-à-jour màj 升级 更新 アップデート обновл*',
  rollback: 'downgrad* rollback rolled went older previous revert* zurück retour 回退 降级 откат*',
  restart:
    'restart* bounce* reboot* kickstart reload* sigusr1 neustart* neugestartet reinici* redémarr* 重启 再起動 перезапу* перезагру*',
  'system-update':
    'macos tahoe sequoia point-update darwin os-update claimedplatform pinnedplatform platform plattform 系统更新',
  rotate: 'rotat* rotier* chang* replac* regenerat* reset* 轮换 更换 换了 сменил*',
  recreate:
    'recreat* volume volumes map maps mapped mounts persist* mounted ephemeral discard* emptydir rebuilt pull down tmpfs 卷 том',
  probe: 'probe status health doctor monitoring healthz 探测 状态',
  onboard: 'onboard* wizard fresh clean installer first setup-wizard onboarding 首次 初次',
  settings:
    'config openclaw.json setting settings flag option yaml env variable 配置 设置 einstellung* ajuste* конфиг*',
  approve:
    'approv* approval approvals accept* confirm* genehmig* freigeb* aprob* aprov* approuv* valider 批准 同意 承認 одобр* подтвер*',
  delete:
    'delet* remov* wiped wipe rm revoked revok* unpair* kick* lösch* entfern* borr* elimin* supprim* 删除 移除 撤销 удал*',
  scan: 'scan* qr code codes setup-code link 扫码 二维码 スキャン',
  visit: 'visit* site website websites javascript js codepen malvertis* drive-by cross-origin besuch* 网站',
  guess: 'guess* brute* wordlist rockyou dictionary loop looped tries attempts throttl* unlimited limiter rate 猜 爆破',
  forge:
    'forg* spoof* inject* header headers x-forwarded-for xff leftmost claims pretend* rebind* rebound ttl resolves dns',
  script: 'automation automat* race races parallel simultan* concurrent same-time twice 同时 并发',
  sleep: 'sleep suspend* resum* clock ntp chrony drift minutes skew slow 时钟 часы uhr reloj horloge',
  overnight: 'overnight night morning weekend expired expires expiry ttl timeout hundred hundreds stacked',
} as const satisfies Record<string, string>;

/** What was refused or given, and how that shows. */
const REFUSALS = {
  pairing:
    'pairing paired pair repair re-pair* unpaired not_paired kopplung gekoppelt emparej* vincul* appair* pareamento 配对 ペアリング сопряж* спар*',
  waits:
    'wait* pending stuck spinner hang* asks asked prompt* nag* wartet hängt esper* attend* 等待 待 卡住 ожида* вис*',
  scopes:
    'scope scopes operator.read operator.write operator.admin operator.pairing operator.approvals permission* rights recht* permis* droit* 权限 скоуп* прав',
  narrow:
    'read-only readonly only narrow* lacks missing less limited subset reading nur sólo seulement 只 只读 缺少 только нет',
  wide: 'more admin administrat* full everything wide* broader superset escalated elevat* mehr más plus 更多 管理 больше',
  role: 'role roles rolefrom roleto role-upgrade rolle rol rôle 角色 роль',
  unauthorized: 'unauthorized unauthorised 401 credential* auth authentication 认证 未授权 авториз*',
  mismatch: 'mismatch stale drift* invalid wrong outdated incompatible falsch inválid* invalide 不匹配 无效 невер*',
  token: 'token tokens secret secrets password passwords bearer passwort contraseña 令牌 密码 токен* парол*',
  origin: 'origin origins allowedorigins cors 来源 origen',
  signature: 'signature signatures sign signed nonce signs payload challenge signatur firma 签名 подпис*',
  protocol: 'protocol minprotocol maxprotocol version-skew probemin 协议 protokoll протокол*',
  'request-id':
    'requestid request-id request requests id ids number unknown_requestid anfrage* solicitud* 请求 запрос*',
  empty: 'empty nothing none nobody zero leer vacío vide 空 没有 пуст*',
  loop: 'loop* again repeat* endless* forever constantly keeps every each immer wieder cada chaque 一直 每次 反复 毎回 снова каждый',
  lost: 'lost gone vanish* disappear* missing forgotten forgets empt* weg verloren perd* perdu* 丢失 没了 消失 消えた пропал* потер*',
  silent: 'silent* automatic* auto-approve* unasked auto-approved silently still in directly',
  survives:
    'still alive continues stays remains open outlive* kept keeps usable weiterhin sigue toujours 仍然 依然 ещё',
  crash: 'crash* killed kill sigkill oom power exits exit exited dies dead down abstur* 崩溃 断电 упал*',
  'cannot-start':
    'start starts starting startup boot boots refuses fails failed startet arranca démarre 启动 起動 запуск*',
  schema: 'schema sqlite database migrat* db state 数据库 база',
  refused:
    'refus* reject* denied deny denies forbidden 403 blocked closed disconnected abgelehnt rechaz* 拒绝 断开 отказ* отклон*',
  unreachable:
    'unreachable reachable refused timeout reset reply empty_reply curl connection nicht-erreichbar 连不上 недоступ*',
  images: 'image images picture* avatar attachment* media icons bilder imágenes 图片',
  limited: 'rate_limited rate-limited retry locked lockout too many 锁定 gesperrt bloqueado',
} as const satisfies Record<string, string>;

/** What else reports speak of. */
const THINGS = {
  'host-header': 'host hostname host-header',
  identity: 'identity key keys deviceid device-id fingerprint keypair 身份 密钥 ключ*',
  list: 'list lists listed listing entry entries row rows liste lista 列表 список',
  tls: 'tls https http certificate cert self-signed ca secure plaintext wss 证书 zertifikat certificado',
  port: 'port ports 5173 3000 8080 vite dev 端口 puerto',
  home: 'home path folder directory nested .openclaw/.openclaw ordner carpeta 目录 папк*',
  commands: 'system.run exec run invoke execute node.invoke ausführ* ejecut* 执行 запуск*',
  model: 'model models anthropic openai openrouter gemini ollama claude gpt quota billing 模型 модел*',
  files: 'device-auth.json device.json paired.json pending.json file files secrets.json 文件',
  tools: 'tool tools mcp plugin plugins skill skills acp bridge-acp 工具 插件',
} as const satisfies Record<string, string>;

const CONCEPTS = { ...CLIENTS, ...PLACES, ...CHANGES, ...REFUSALS, ...THINGS } as const satisfies Record<
  string,
  string
>;
export type ConceptId = keyof typeof CONCEPTS;
const CONCEPT_IDS = Object.keys(CONCEPTS).filter((id): id is ConceptId => id in CONCEPTS);

/** What part an idea has in a report. */
export const isClient = (id: ConceptId): boolean => id in CLIENTS;
export const isChange = (id: ConceptId): boolean => id in CHANGES;
export const isRefusal = (id: ConceptId): boolean => id in REFUSALS;

/** Scripts that put no space between words. */
const WITHOUT_SPACES = /[\u3040-\u30ff\u3400-\u9fff]/;

/** Words as they stand alone, as beginnings of words, and as parts of a text without spaces. */
type Vocabulary = {
  whole: ReadonlyMap<string, readonly ConceptId[]>;
  beginnings: ReadonlyMap<string, readonly ConceptId[]>;
  parts: readonly { word: string; concept: ConceptId }[];
};

function add(map: Map<string, ConceptId[]>, word: string, concept: ConceptId): void {
  map.set(word, [...(map.get(word) ?? []), concept]);
}

function vocabularyOf(): Vocabulary {
  const whole = new Map<string, ConceptId[]>();
  const beginnings = new Map<string, ConceptId[]>();
  const parts: { word: string; concept: ConceptId }[] = [];
  for (const concept of CONCEPT_IDS)
    for (const word of CONCEPTS[concept].split(' ')) {
      if (WITHOUT_SPACES.test(word)) parts.push({ word, concept });
      else if (word.endsWith('*')) add(beginnings, word.slice(0, -1), concept);
      else add(whole, word, concept);
    }
  return { whole, beginnings, parts };
}

const VOCABULARY = vocabularyOf();
const LONGEST_BEGINNING = Math.max(...[...VOCABULARY.beginnings.keys()].map((word) => word.length));
const SHORTEST_BEGINNING = Math.min(...[...VOCABULARY.beginnings.keys()].map((word) => word.length));

const WORD = /[\p{L}\p{N}_.@/-]+/gu;
const WITHIN_WORD = /[-./_@]/;

/** The words of a line that may stand for a concept: each whole, and its parts between hyphens, points and slashes. */
function wordsIn(line: string): Set<string> {
  const words = new Set<string>();
  for (const [match] of line.matchAll(WORD)) {
    const word = match.replace(/^[.\-/]+|[.\-/]+$/g, '');
    words.add(word);
    for (const part of word.split(WITHIN_WORD)) if (part !== '') words.add(part);
  }
  return words;
}

/** The concepts that a line speaks of. `line` is in lower case. Takes time in proportion to the line. */
export function conceptsIn(line: string): Set<ConceptId> {
  const found = new Set<ConceptId>();
  for (const word of wordsIn(line)) {
    for (const concept of VOCABULARY.whole.get(word) ?? []) found.add(concept);
    for (let length = SHORTEST_BEGINNING; length <= Math.min(word.length, LONGEST_BEGINNING); length++)
      for (const concept of VOCABULARY.beginnings.get(word.slice(0, length)) ?? []) found.add(concept);
  }
  if (WITHOUT_SPACES.test(line))
    for (const { word, concept } of VOCABULARY.parts) if (line.includes(word)) found.add(concept);
  return found;
}
