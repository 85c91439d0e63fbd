import { whyNoSecret } from '../redaction/secret-form.ts';

/** Gives a text without secrets and without what names people, machines and networks. */
export type Hide = (text: string) => string;

/** A group of characters that is a value: what follows a key, a quote or a space. */
const VALUE = `["']?([^\\s"',;}\\])>&]{1,400})`;

/** Values of these keys and options are secret, whatever form they have. */
const KEYED_SECRET = new RegExp(
  `((?:token|password|passwd|secret|api[_-]?key|authorization|bootstraptoken|devicetoken|privatekey|publickey|signature|nonce|cookie|bearer)["']?\\s?(?:[:=]|\\s)\\s?(?:bearer\\s)?)${VALUE}`,
  'gi',
);
/** Words that stand after such a key and are no secret. */
const NO_SECRET =
  /^(?:\*+|<.*|\$\{?.*|mode|auth|mismatch|missing|required|is|was|and|or|of|for|the|to|in|on|set|null|true|false|none|type|file|rotated?|changed|invalid|expired|with|without|source|over|only|but|not|again|from|as|at|by|may|works?|beside|behind|before|after|through|still|that|…|\.\.\.).*$/i;

const MAIL = /\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}\b/g;
const HANDLE = /(^|[\s(,])@[a-z][\w-]{1,38}\b/gi;
const USER_AT_HOST = /\b[a-z_][\w-]{0,31}@(?:[\w.-]{1,100})(?=[:\s~$#]|$)/gi;
const HOME = /(\/home\/|\/Users\/|[A-Z]:\\Users\\)([^/\\\s"':]{1,64})/g;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;
const LONG_WORD = /[A-Za-z0-9_+/-]{16,400}={0,2}/g;
const IPV4 = /\b(?:\d{1,3}\.){3}\d{1,3}\b/g;
const IPV6 =
  /(?<![\w:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){0,7}(?![\w:])|(?<![\w:.])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![\w:])/gi;
/** A host after `://`, up to a port or a path, with the user and password before it. */
const URL_HOST = /(:\/\/)([^\s/"'`,;)\]}<>@]{1,200}@)?([^\s/:"'`,;)\]}<>@]{1,253})/g;
/** A name with a public or a home ending. File names and setting keys end otherwise. */
const NAME =
  /\b(?:[a-z0-9-]{1,63}\.){1,6}(?:com|net|org|dev|app|cloud|xyz|me|info|eu|de|fr|es|it|nl|uk|us|cn|jp|ru|br|in|ch|at|pl|se|lan|local|home|internal|intranet|localdomain|corp|tech|site|online|space|ts\.net)\b(?!\.\w)/gi;

/** Hosts and addresses that say where something is, and name nobody. */
const KEPT =
  /^(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[?::1?\]?|host\.docker\.internal|gateway|openclaw|github\.com|raw\.githubusercontent\.com|openclaw\.ai|docs\.openclaw\.ai|<.*|\*|\.+|\$\{?.*)$/i;
/** Names of headers that proxies add, which are long and made of words. */
const HEADER_NAME = /^(?:x-|cf-access-|tailscale-user-)[a-z]+(?:-[a-z]+)*$/i;
/** The homes of containers and services, which name nobody. */
const KEPT_USERS = /^(?:node|root|app|ubuntu|pi|openclaw|user|me|shared|public|runner|homeassistant|<.*)$/i;

const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/**
 * Makes a function that hides what a paste must not show, for one answer: the same value gets the same placeholder, such as `<host-1>`, in
 * all texts. Secrets are recognised by the key before them and by their form.
 */
export function createHide(): Hide {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const placeholder = (kind: string, value: string): string => {
    const key = `${kind} ${value.toLowerCase()}`;
    const known = names.get(key);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const name = `<${kind}-${count}>`;
    names.set(key, name);
    return name;
  };
  const host = (value: string): string => {
    if (KEPT.test(value)) return value;
    const address = /^[\d.]+$/.test(value);
    return address ? addressOf(value) : placeholder('host', value);
  };
  const addressOf = (value: string): string => {
    if (KEPT.test(value)) return value;
    return placeholder(PRIVATE.test(value) ? 'private-address' : 'address', value);
  };
  return (text) =>
    text
      .replace(KEYED_SECRET, (whole, _: string, value: string) =>
        NO_SECRET.test(value) ? whole : whole.replace(value, placeholder('secret', value)),
      )
      .replace(UUID, (value) => placeholder('id', value))
      .replace(LONG_WORD, (value) =>
        HEADER_NAME.test(value) || whyNoSecret(value) !== null ? value : placeholder('secret', value),
      )
      .replace(
        URL_HOST,
        (_, scheme: string, user: string | undefined, value: string) =>
          `${scheme}${user === undefined ? '' : '<user>@'}${host(value)}`,
      )
      .replace(MAIL, (value) => placeholder('mail', value))
      .replace(USER_AT_HOST, '<user>@<machine>')
      .replace(HANDLE, (_, before: string) => `${before}@<user>`)
      .replace(HOME, (whole, folder: string, user: string) => (KEPT_USERS.test(user) ? whole : `${folder}<user>`))
      .replace(NAME, (value) => host(value))
      .replace(IPV4, addressOf)
      .replace(IPV6, addressOf);
}
