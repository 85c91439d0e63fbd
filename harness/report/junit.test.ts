import { expect, test } from 'vitest';
import { ALL_HOLD, ONE_GATEWAY, sampleReport } from '../results/sample.fixture.ts';
import { renderJunit } from './junit.ts';

/** Throws if a text is not well-formed XML. Parses only the constructs that junit.xml uses. */
function namesOf(xml: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const body = xml.replace(/^<\?xml [^>]*\?>\n/, '');
  const token = /<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  for (let at = 0; at < body.length; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(body);
    if (found === null) throw new Error(`not XML at: ${body.slice(at, at + 80)}`);
    const [whole, closing, name = '', , empty] = found;
    if (/&(?!(amp|lt|gt|quot|#10);)/.test(whole)) throw new Error(`bare ampersand in: ${whole}`);
    if (/[^\t\n\u0020-\ud7ff\ue000-\ufffd]/.test(whole)) throw new Error(`no XML character: ${whole}`);
    if (name === '') continue;
    if (closing === '/' && open.pop() !== name) throw new Error(`closes what is not open: ${whole}`);
    if (closing === '') names.push(name);
    if (closing === '' && empty === '') open.push(name);
  }
  if (open.length > 0) throw new Error(`never closed: ${open.join(', ')}`);
  return names;
}

test('junit.xml of one gateway', async () => {
  const xml = renderJunit(sampleReport(ONE_GATEWAY));
  expect(namesOf(xml).filter((name) => name === 'testcase')).toHaveLength(18);
  await expect(xml).toMatchFileSnapshot('./golden/one-gateway.junit.golden');
});

test('text of a gateway cannot leave its element', () => {
  const report = sampleReport(ONE_GATEWAY);
  const odd = ']]></failure><testcase name="x"/> & "q" \u0000\u001b[0m\ud800\uffff';
  const checks = report.checks.map((check) => ({ ...check, seen: odd, because: odd, differences: [odd] }));
  expect(namesOf(renderJunit({ ...report, checks }))).toEqual(namesOf(renderJunit(report)));
});

test('a run that is red without a red check is red in junit.xml too', () => {
  const report = sampleReport(ALL_HOLD);
  const red = (exitCode: number, problems: string[]) =>
    renderJunit({ ...report, checks: [], run: { ...report.run, exitCode, problems } });
  expect(red(2, [])).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="postern" tests="1" failures="0" errors="1" skipped="0" time="94.210">
      <testsuite name="postern" timestamp="2026-11-21T09:30:00.000Z" tests="1" failures="0" errors="1" skipped="0" time="0.000">
        <properties><property name="seed" value="1604318"/></properties>
        <testcase classname="postern" name="problem 1" time="0.000">
          <error type="problem" message="exit code 2: the command line, a file or the selection of checks is wrong"/>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `);
  expect(red(3, ['No engine.', 'No <disk>.'])).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="postern" tests="2" failures="0" errors="2" skipped="0" time="94.210">
      <testsuite name="postern" timestamp="2026-11-21T09:30:00.000Z" tests="2" failures="0" errors="2" skipped="0" time="0.000">
        <properties><property name="seed" value="1604318"/></properties>
        <testcase classname="postern" name="problem 1" time="0.000">
          <error type="problem" message="No engine."/>
        </testcase>
        <testcase classname="postern" name="problem 2" time="0.000">
          <error type="problem" message="No &lt;disk&gt;."/>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `);
});
