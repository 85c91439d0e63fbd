import { expect, test } from 'vitest';
import type { CheckResult, Report } from '../../results/report.ts';
import { ALL_HOLD, ONE_GATEWAY, sampleReport } from '../../results/sample.fixture.ts';
import { worstFirst } from '../sort.ts';
import { anchorsOf } from './check-anchors.ts';
import { html, markupOf, raw } from './escape.ts';
import { renderHtml } from './html.ts';
import { closedCheck, evidenceOf, openCheck } from './html-check.ts';
import { createEvidenceBudget } from './html-scenario.ts';

const HOSTILE = `</script></style></title><img src=x onerror=alert(1)>"'><svg onload=alert(2)>\`\u202e\u0000`;

/** A report in which every field that a gateway, a log or a header can fill has this text. */
function filledWith(report: Report, text: string): Report {
  const fill = (check: CheckResult): CheckResult => ({
    ...check,
    seen: text,
    because: text,
    version: text,
    differences: [text],
    logLines: [text],
    vantage: text,
    repeat: text,
    observation: { outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'unstated', reason: text, text } },
    transcript: {
      url: text,
      headers: { [text]: text },
      startedAt: text,
      entries: [
        { at: 1, kind: 'received', text, bytes: 1 },
        { at: 1, kind: 'received', text: JSON.stringify({ [text]: text }), bytes: 1 },
        { at: 2, kind: 'closed', code: 1008, reason: text },
        { at: 3, kind: text, [text]: text },
      ],
    },
  });
  return {
    ...report,
    run: { ...report.run, command: text, problems: [text] },
    subjects: report.subjects.map((subject) => ({ ...subject, version: text, digest: text })),
    scenarios: report.scenarios.map((each) => ({
      ...each,
      title: text,
      why: text,
      reported: [text, `https://${text}`],
    })),
    checks: report.checks.map(fill),
  };
}

/** The opening tags of a page, without the values of their attributes. */
function tagsOf(page: string): string[] {
  return [...page.matchAll(/<([a-z][a-z0-9]*)/gi)].map((match) => match[1] ?? '');
}

test('text of a gateway never becomes markup: the page has the same tags for any text', () => {
  const report = sampleReport();
  const page = renderHtml(filledWith(report, HOSTILE));
  expect(tagsOf(page)).toEqual(tagsOf(renderHtml(filledWith(report, 'harmless words'))));
  expect(page).not.toMatch(/<img|<svg onload|\u202e/);
  expect(page).not.toContain('\0');
  expect(page.match(/<script/g)).toHaveLength(1);
});

test('the page loads nothing, and only its own script may run', () => {
  const page = renderHtml(sampleReport());
  expect(page).toMatch(
    /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'">/,
  );
  expect(page).not.toMatch(/\s(src|srcset|on\w+|style)=|<link|@import|url\(/);
});

test('a link from text of a report is an issue or an https URL, never a script', () => {
  const report = sampleReport(ONE_GATEWAY);
  const scenarios = report.scenarios.map((each) => ({ ...each, reported: ['javascript:alert(1)', 'a/b#7'] }));
  const page = renderHtml({ ...report, scenarios });
  expect(page).not.toContain('href="javascript');
  expect(page).toContain('<a href="https://github.com/a/b/issues/7" rel="noreferrer">a/b#7</a>');
});

test('every fragment link has a target, and every id is unique', () => {
  const page = renderHtml(sampleReport());
  const names = [...page.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
  const targets = [...page.matchAll(/href="#([^"]*)"/g)].map((match) => match[1]);
  expect(new Set(names).size).toBe(names.length);
  expect(targets.filter((target) => !names.includes(target))).toEqual([]);
});

test('the heading is a whole sentence, and so is what follows it', () => {
  const page = renderHtml(sampleReport(ALL_HOLD));
  expect(page.match(/<h1>.*?<span>([^<]*)<\/span><\/h1>/)?.[1]).toBe('2026.9.6 holds in 18 checks.');
  expect(page.match(/<p class="also">(.*?)<\/p>/)?.[1]).toBe('The boundary held for remote clients in 10 checks.');
});

test('colour follows holds: a reproduced failure is red for a gateway and not for a matrix', () => {
  const badge = /<span class="badge (\w+) v-reproduced"/;
  expect(badge.exec(renderHtml(sampleReport(ONE_GATEWAY)))?.[1]).toBe('bad');
  expect(badge.exec(renderHtml(sampleReport(ONE_GATEWAY, 'matrix')))?.[1]).toBe('noted');
});

test('a red check is shown in full, a check that holds as one line', () => {
  const checks = worstFirst(sampleReport(ONE_GATEWAY).checks);
  const red = checks.find((check) => check.verdict === 'fail');
  const green = checks.find((check) => check.verdict === 'pass');
  if (red === undefined || green === undefined) throw new Error('the sample has lost its checks');
  expect(markupOf(openCheck(red, 'a', html``))).toMatchInlineSnapshot(`
    "<article class="check bad" id="a" data-verdict="fail" tabindex="-1">
    <header><span class="badge bad v-fail" title="the gateway did not do what it must"><span aria-hidden="true">✕</span> fail</span> <h3><a href="#a">forged-loopback</a></h3><ul class="chips"><li>2026.4.1</li><li>boundary</li><li>from lan</li><li>120 ms</li></ul></header>
    <dl class="compare">
    <div class="expected"><dt>Expected</dt><dd>refused in the handshake, 1008 pairing-required (scope-upgrade), request pending</dd></div>
    <div class="seen"><dt>Seen</dt><dd>admitted as operator with operator.read, device approved silently</dd></div>
    </dl>
    <div class="differences"><h4>What differs</h4><ul><li>outcome: expected refused in the handshake, 1008 pairing-required (scope-upgrade), request pending</li><li>pairing: expected unchanged, seen pending</li></ul></div>


    <div class="repeat"><pre tabindex="0" aria-label="Command that repeats this check">npx postern replay forwarded/untrusted-proxy-header/forged-loopback --gateway 2026.4.1</pre><button type="button" class="copy" hidden>Copy</button></div>
    <p class="meta"><code class="source">scenarios/forwarded/untrusted-proxy-header.yaml:16:5</code> <a href="#forwarded/untrusted-proxy-header">scenario</a> · 3 compared</p>
    </article>"
  `);
  expect(markupOf(closedCheck(green, 'b', html``))).toMatchInlineSnapshot(`
    "<details class="check row good" id="b" data-verdict="pass">
    <summary><span class="badge good v-pass" title="the gateway did what it must"><span aria-hidden="true">✓</span> pass</span> <b>first-read</b> <span class="where">2026.4.1 · loopback</span></summary>
    <dl class="compare">
    <div class="expected"><dt>Expected</dt><dd>admitted with operator.read</dd></div>
    <div class="seen"><dt>Seen</dt><dd>as expected</dd></div>
    </dl>

    <div class="repeat"><pre tabindex="0" aria-label="Command that repeats this check">npx postern replay stale-scopes/local-write-after-read/first-read --gateway 2026.4.1</pre><button type="button" class="copy" hidden>Copy</button></div>
    <p class="meta"><code class="source">scenarios/stale-scopes/local-write-after-read.yaml:18:5</code> <a href="#stale-scopes/local-write-after-read">scenario</a> · 3 compared</p>
    </details>"
  `);
  expect(markupOf(evidenceOf(red))).toMatchInlineSnapshot(`
    "<details class="evidence"><summary>Observation <small>8 facts</small></summary>
    <dl class="facts"><div><dt>outcome</dt><dd>admitted</dd></div><div><dt>role</dt><dd>operator</dd></div><div><dt>scopes held</dt><dd>operator.read</dd></div><div><dt>protocol</dt><dd>4</dd></div><div><dt>device token</dt><dd>issued</dd></div><div><dt>pairing</dt><dd>approved silently</dd></div><div><dt>pairing list before</dt><dd>approved; roles operator; scopes operator.read; device tokens operator (operator.read); platform linux</dd></div><div><dt>pairing list after</dt><dd>approved; roles operator; scopes operator.read; device tokens operator (operator.read); platform linux
    waits for approval; role operator; scopes operator.admin</dd></div></dl></details><details class="evidence"><summary>Transcript <small>5 entries</small></summary>
    <p class="meta"><code>ws://127.0.0.1:41873/</code>, started <time>2026-11-21T09:30:02.118Z</time></p>
    <p class="meta">Headers that the client set</p><pre tabindex="0">X-Forwarded-For: 127.0.0.1
    Origin: http://localhost:18789</pre>
    <ol class="frames"><li class="frame"><p><span aria-hidden="true">→</span> client asked for a WebSocket <time>+0.4 ms</time></p><pre tabindex="0">GET / HTTP/1.1
    Sec-WebSocket-Version: 13
    Host: gateway:18789
    X-Forwarded-For: 127.0.0.1
    Origin: http://localhost:18789</pre></li><li class="frame"><p><span aria-hidden="true">●</span> opened <time>+1.2 ms</time></p></li><li class="frame"><p><span aria-hidden="true">←</span> gateway sent <time>+3.9 ms</time></p><pre tabindex="0">{
      &quot;type&quot;: &quot;event&quot;,
      &quot;event&quot;: &quot;connect.challenge&quot;,
      &quot;payload&quot;: {
        &quot;nonce&quot;: &quot;b2c4&quot;
      }
    }</pre></li><li class="frame"><p><span aria-hidden="true">→</span> client sent <time>+5.1 ms</time></p><pre tabindex="0">{
      &quot;type&quot;: &quot;req&quot;,
      &quot;id&quot;: &quot;connect&quot;,
      &quot;method&quot;: &quot;connect&quot;,
      &quot;params&quot;: {
        &quot;minProtocol&quot;: 3,
        &quot;maxProtocol&quot;: 4,
        &quot;client&quot;: {
          &quot;id&quot;: &quot;gateway-client&quot;,
          &quot;version&quot;: &quot;0.1.0&quot;,
          &quot;platform&quot;: &quot;linux&quot;,
          &quot;mode&quot;: &quot;backend&quot;
        },
        &quot;role&quot;: &quot;operator&quot;,
        &quot;scopes&quot;: [
          &quot;operator.write&quot;
        ],
        &quot;auth&quot;: {
          &quot;token&quot;: &quot;«gateway token»&quot;
        }
      }
    }</pre></li><li class="frame"><p><span aria-hidden="true">←</span> gateway sent <time>+41.7 ms</time></p><pre tabindex="0">{
      &quot;type&quot;: &quot;res&quot;,
      &quot;id&quot;: &quot;connect&quot;,
      &quot;ok&quot;: true,
      &quot;payload&quot;: {
        &quot;type&quot;: &quot;hello-ok&quot;,
        &quot;protocol&quot;: 4,
        &quot;server&quot;: {
          &quot;version&quot;: &quot;2026.9.6&quot;,
          &quot;connId&quot;: &quot;c-17&quot;
        },
        &quot;auth&quot;: {
          &quot;role&quot;: &quot;operator&quot;
        }
      }
    }</pre></li></ol>
    </details><details class="evidence"><summary>Gateway log <small>2 lines</small></summary>
    <pre tabindex="0">09:30:02 [ws] closed before connect conn=c-17 remote=172.18.0.5 code=1008 reason=pairing required
    09:30:02 security audit: device access upgrade requested reason=scope-upgrade device=9f2c41d7 ip=172.18.0.5 auth=token roleFrom=operator roleTo=operator scopesFrom=operator.read scopesTo=operator.admin client=gateway-client conn=c-17</pre>
    </details>"
  `);
});

test('the page limits its size: evidence of the worst checks comes first, and a note says what is left out', () => {
  const budget = createEvidenceBudget(6_000);
  const checks = worstFirst(sampleReport(ONE_GATEWAY).checks);
  const drawn = checks.map((check) => markupOf(budget(check)));
  expect(drawn[0]).toContain('Transcript');
  expect(drawn.at(-1)).toContain('report.json has it');

  const report = sampleReport(ALL_HOLD);
  const noise = Array.from({ length: 200 }, (_, at) => ({
    at,
    kind: 'received',
    text: 'x'.repeat(6_000),
    bytes: 6_000,
  }));
  const many = Array.from({ length: 100 }, () => report.checks).flat();
  const loud = many.map((check) => ({ ...check, transcript: { url: '', headers: {}, startedAt: '', entries: noise } }));
  expect(renderHtml({ ...report, checks: loud }).length).toBeLessThan(10_000_000);
});

test('two checks never have the same fragment', () => {
  const [check] = sampleReport(ONE_GATEWAY).checks;
  if (check === undefined) throw new Error('the sample has lost its checks');
  expect([
    ...anchorsOf([
      { ...check, id: 'a/b' },
      { ...check, id: 'a-b' },
    ]).values(),
  ]).toEqual(['check-2026.4.1-a-b', 'check-2026.4.1-a-b-2']);
});

test('raw refuses a constant that contains an end tag', () => {
  expect(() => raw('a</ScRiPt>')).toThrow('must not contain its own end tag');
});
