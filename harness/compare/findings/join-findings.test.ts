import { expect, test } from 'vitest';
import { changeWith, findingOf } from '../../results/comparison.fixture.ts';
import type { Finding } from '../../results/finding.ts';
import { LOADED } from '../../results/published.fixture.ts';
import { EXAMPLE_FILE, exampleWith } from '../../scenario/catalogue/example.fixture.ts';
import { type LoadedScenario, loadScenario } from '../../scenario/catalogue/load.ts';
import type { Observation } from '../../scenario/schema/observation.ts';
import { joinFindings } from './join-findings.ts';
import { admitted, waits } from './played-table.fixture.ts';

const SILENT = admitted(['operator.read'], 'approved-silently');
const KNOWN = admitted(['operator.read'], 'unchanged');
const DENIED: Observation = { answer: { kind: 'denied', code: 'FORBIDDEN', message: 'no' } };
const ANSWERED: Observation = { answer: { kind: 'answered', payload: {} } };

/** A finding of one change. `cells`: it is one of cells, which one condition explains. */
const finding = (
  id: string,
  [base, head]: readonly [Observation, Observation],
  { cells = false, ...over }: Partial<Finding> & { cells?: boolean } = {},
): Finding =>
  findingOf(changeWith({ id, change: 'weakened', base, head }), {
    harm: 'remote-admission',
    ...over,
    ...(cells ? { condition: [[]] } : {}),
  });

/** The ids of the joined findings, each with those of its others. */
const told = (findings: readonly Finding[], scenarios: readonly LoadedScenario[] = []): string[][] =>
  joinFindings(
    findings,
    findings.flatMap(({ changes }) => changes),
    scenarios,
  ).map(({ id, also }) => [id, ...also.map((other) => other.id)]);

test('the same change of the answer is one finding, whomever it harms, and the worst leads', () => {
  const remote = finding('a/b/remote', [waits('scope-upgrade'), SILENT]);
  const local = finding('a/b/local', [waits('scope-upgrade'), SILENT], { harm: 'local-gain', local: true });
  const listed = finding('a/b/listed', [waits('scope-upgrade'), KNOWN], { harm: 'remote-loss' });
  expect(told([remote, local, listed])).toEqual([['a/b/remote', 'a/b/local', 'a/b/listed']]);
});

test('findings about cells of the same clients stay apart, and so does what would be of both', () => {
  const one = finding('table/one/knock', [waits('not-paired'), SILENT], { cells: true });
  const other = finding('table/other/knock', [waits('not-paired'), SILENT], { cells: true });
  const check = finding('a/b/check', [waits('not-paired'), SILENT]);
  const local = finding('table/local/knock', [waits('scope-upgrade'), SILENT], {
    cells: true,
    harm: 'local-gain',
    local: true,
  });
  expect(told([one, other, check, local])).toEqual([
    ['table/one/knock'],
    ['table/other/knock'],
    ['a/b/check'],
    ['table/local/knock'],
  ]);
});

test('an answer that the base never gives has one cause, whatever it replaces', () => {
  const refusal: Observation = {
    outcome: { kind: 'refused', at: 'http', code: 403, cause: 'proxy-attribution', reason: null, text: '' },
  };
  const one = finding('table/one/knock', [waits('not-paired'), refusal], { cells: true, harm: 'remote-loss' });
  const other = finding('table/other/knock', [KNOWN, refusal], { cells: true, harm: 'remote-loss' });
  expect(told([one, other])).toEqual([['table/one/knock', 'table/other/knock']]);
});

test('denials of methods stay apart, because all methods are denied in the same words', () => {
  const writer = finding('a/b/writer', [ANSWERED, DENIED], { harm: 'local-loss', local: true });
  const helper = finding('c/d/helper', [ANSWERED, DENIED], { harm: 'remote-loss' });
  const known = finding('e/f/known', [DENIED, ANSWERED], { harm: 'undecided' });
  expect(told([writer, helper, known])).toEqual([['a/b/writer'], ['c/d/helper'], ['e/f/known']]);
});

test('what only one scenario with a dangerous setting shows has one cause', () => {
  const { scenario } = LOADED;
  const withConfig = (config: typeof scenario.gateway.config): LoadedScenario => ({
    ...LOADED,
    scenario: { ...scenario, gateway: { ...scenario.gateway, config } },
  });
  const about = { scenarios: [scenario.id] };
  const findings = [
    finding('a/b/page', [waits('not-paired'), KNOWN], about),
    finding('a/b/panel', [KNOWN, waits('role-upgrade')], { ...about, harm: 'remote-loss' }),
  ];
  const dangerous = { gateway: { controlUi: { dangerouslyDisableDeviceAuth: true } } };
  expect(told(findings, [withConfig(dangerous)])).toEqual([['a/b/page', 'a/b/panel']]);
  expect(told(findings, [withConfig({ gateway: { bind: 'lan' } })])).toEqual([['a/b/page'], ['a/b/panel']]);
  const other = { gateway: { controlUi: { dangerouslyDoAnythingElse: true } } };
  const elsewhere = { ...withConfig(other), scenario: { ...withConfig(other).scenario, id: 'c/d' } };
  const apart = [findings[0], finding('c/d/panel', [KNOWN, waits('role-upgrade')], { scenarios: ['c/d'] })];
  expect(
    told(
      apart.flatMap((each) => each ?? []),
      [withConfig(dangerous), elsewhere],
    ),
  ).toEqual([['a/b/page'], ['c/d/panel']]);
});

test('who may call a method has one cause, whoever gains or loses it', () => {
  const loaded = loadScenario(
    exampleWith(
      `      - approve: { of: agent }
`,
      `      - approve: { of: agent }
      - call: { as: agent, method: node.pair.approve }
        name: called
        expect: { answered: {} }
`,
    ),
    EXAMPLE_FILE,
  );
  const called = loaded.checks.find(({ step }) => step.kind === 'call');
  if (called === undefined) throw new Error('the scenario calls a method');
  const gained = finding(called.id, [DENIED, ANSWERED], { harm: 'local-gain', local: true });
  const lost = { ...finding('a/b/lost', [ANSWERED, DENIED], { harm: 'remote-loss' }) };
  const lostThere = { ...lost, changes: [...lost.changes, ...gained.changes] };
  expect(told([gained, lost], [loaded])).toEqual([[called.id], ['a/b/lost']]);
  expect(told([gained, lostThere], [loaded])).toEqual([[called.id, 'a/b/lost']]);
});

test('one answer that one scenario alone shows has one cause', () => {
  const limited: Observation = {
    outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'rate-limit', reason: null, text: '' },
  };
  const known = finding('x/y/known', [limited, SILENT], { harm: 'undecided' });
  const findings = [
    finding('a/b/neighbour', [KNOWN, limited], { harm: 'remote-loss', scenarios: ['a/b'] }),
    finding('a/b/guesser', [waits('not-paired'), limited], { harm: 'remote-loss', scenarios: ['a/b'] }),
    finding('c/d/other', [waits('role-upgrade'), limited], { harm: 'remote-loss', scenarios: ['c/d'] }),
    known,
  ];
  expect(told(findings)).toEqual([['a/b/neighbour', 'a/b/guesser'], ['c/d/other'], ['x/y/known']]);
});

test('that an unknown client is let in tells nothing of why', () => {
  const remote = finding('a/b/remote', [waits('not-paired'), SILENT]);
  const local = finding('c/d/local', [waits('not-paired'), SILENT], { harm: 'local-gain', local: true });
  const back = finding('e/f/back', [SILENT, waits('not-paired')], { harm: 'remote-loss' });
  const backHere = finding('g/h/back', [KNOWN, waits('not-paired')], { harm: 'local-loss', local: true });
  expect(told([remote, local, back, backHere])).toEqual([['a/b/remote'], ['c/d/local'], ['e/f/back'], ['g/h/back']]);
});

test('what a reviewer accepted stays apart from what nobody accepted', () => {
  const accepted = finding('a/b/accepted', [waits('scope-upgrade'), SILENT], { harm: 'accepted' });
  const other = finding('a/b/other', [waits('scope-upgrade'), SILENT]);
  expect(told([other, accepted])).toEqual([['a/b/other'], ['a/b/accepted']]);
});
