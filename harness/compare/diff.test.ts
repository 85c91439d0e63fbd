import { describe, expect, test } from 'vitest';
import { EXIT, UsageError } from '../exit.ts';
import { PLAIN, reportedValues } from '../pairwise/cell.ts';
import type { Cell } from '../pairwise/dimensions.ts';
import { OWN_CLIENT, tableCheck } from '../pairwise/properties.ts';
import { kept } from '../pairwise/reading.fixture.ts';
import { weakeningsOf } from '../results/comparison.ts';
import { type CheckResult, type Report, TABLE_ID, type TableCell } from '../results/report.ts';
import { ALL_HOLD, EVERY_VERDICT, sampleReport } from '../results/sample.fixture.ts';
import type { AuditEvent, Observation } from '../scenario/schema/observation.ts';
import { diffReports } from './diff.ts';
import { exitCodeOfComparison } from './exit-code.fixture.ts';

const BASE = sampleReport(ALL_HOLD);
const refused: Observation = {
  outcome: { kind: 'refused', at: 'handshake', code: 1008, cause: 'credentials', reason: null, text: '' },
  pairing: 'none',
};
const admitted: Observation = {
  outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.read'], protocol: 4, deviceToken: true },
  pairing: 'unchanged',
};

/** The report with its first checks replaced, each with this observation and vantage. */
function seeing(...seen: [string | null, Observation | null][]): Report {
  const checks = BASE.checks.map((check, index): CheckResult => {
    const [vantage, observation] = seen[index] ?? [check.vantage, check.observation];
    return { ...check, vantage, local: vantage === 'loopback', observation };
  });
  return { ...BASE, checks };
}

function told(base: Report, head: Report): string[] {
  const diff = diffReports(base, head);
  return diff.changes
    .filter(({ change }) => change !== 'same')
    .map(
      ({ id, change, local }) =>
        `${change}${local ? ', local' : ''}: ${BASE.checks.findIndex((each) => each.id === id)}`,
    );
}

test('a gateway compared with itself is the same in every check that was observed', () => {
  const diff = diffReports(BASE, BASE);
  expect(diff.changes.every(({ change }) => change === 'same')).toBe(true);
  expect(diff.changes).toHaveLength(BASE.checks.filter(({ observation }) => observation !== null).length);
  expect(weakeningsOf(diff)).toEqual([]);
});

test('changes are listed worst first, and remote clients before local ones', () => {
  const base = seeing(
    ['loopback', refused],
    ['lan', refused],
    ['lan', admitted],
    ['loopback', admitted],
    [null, refused],
  );
  const head = seeing(
    ['loopback', admitted],
    ['lan', admitted],
    ['lan', refused],
    ['loopback', refused],
    [null, admitted],
  );
  const byName = [1, 4].toSorted((a, b) => (`${BASE.checks[a]?.id}` < `${BASE.checks[b]?.id}` ? -1 : 1));
  expect(told(base, head)).toEqual([
    ...byName.map((index) => `weakened: ${index}`),
    'weakened, local: 0',
    'tightened: 2',
    'tightened, local: 3',
  ]);
  expect(weakeningsOf(diffReports(base, head))).toHaveLength(2);
});

test('a check that only one report has is not compared', () => {
  const [first] = BASE.checks;
  const without = seeing(['lan', null]);
  expect(diffReports(without, seeing(['lan', admitted])).onlyHead).toEqual([first?.id]);
  expect(diffReports(seeing(['lan', admitted]), without).onlyBase).toEqual([first?.id]);
});

test('a check that is remote in one of the reports is not local', () => {
  const here = seeing(['loopback', refused]);
  const there = seeing(['lan', admitted]);
  expect(told(here, there)).toEqual(['weakened: 0']);
});

describe('cells of the table', () => {
  const report = (...table: TableCell[]): Report => ({ ...BASE, checks: [], table });
  const changed = (values: Partial<Cell>) => {
    const { changes } = diffReports(report(kept(values, refused)), report(kept(values, admitted)));
    return changes.map(({ id, change, local }) => ({ id, change, local }));
  };

  test('are compared probe by probe, with the command that repeats them', () => {
    const { changes, ...rest } = diffReports(report(kept({}, refused)), report(kept({}, admitted)));
    expect(changes).toEqual([
      {
        id: 'table/plain/knock',
        change: 'weakened',
        local: false,
        accepted: null,
        base: expect.objectContaining({ seen: 'refused with 1008, credentials; pairing: none', observation: refused }),
        head: {
          id: 'table/plain/knock',
          vantage: 'lan',
          transcript: null,
          logLines: [],
          pairingList: null,
          observation: admitted,
          seen: 'admitted as operator with operator.read; pairing: unchanged',
          local: false,
          expected: null,
          source: null,
          cell: { values: reportedValues(PLAIN), look: 'knock' },
          repeat: 'npx postern replay table/plain/knock --gateway npm:openclaw@latest',
        },
      },
    ]);
    expect(rest).toEqual({
      base: BASE.subjects[0],
      head: BASE.subjects[0],
      standings: [],
      surveys: [],
      unreached: [],
      unwritten: [],
      ownClientGivenMore: null,
      onlyBase: [],
      onlyHead: [],
      doubtful: [],
      stale: [],
    });
  });

  test('are local on the same machine with a right secret, a valid signature and its own Host', () => {
    const local = (values: Partial<Cell>) => changed({ route: 'loopback', ...values }).map((change) => change.local);
    expect(local({})).toEqual([true]);
    expect(local({ host: 'host-localhost' })).toEqual([true]);
    expect(local({ kind: 'control-ui', origin: 'origin-of-the-gateway' })).toEqual([true]);
    expect(local({ credential: 'device-token', prior: 'paired-read' })).toEqual([true]);
    const others: Partial<Cell>[] = [
      { route: 'lan' },
      { route: 'silent-proxy' },
      { forwarded: 'xff-loopback' },
      { host: 'host-name' },
      { kind: 'control-ui', origin: 'origin-foreign' },
      { credential: 'no-secret' },
      { credential: 'wrong-secret' },
      { proof: 'signature-forged' },
      { proof: 'no-device' },
    ];
    expect(others.flatMap(local)).toEqual(others.map(() => false));
  });

  test('are local from another machine only without scopes beyond those given on the same machine', () => {
    const looks = (knock: Observation, elsewhere: Observation): TableCell['looks'] =>
      [knock, elsewhere].map((observation, index) => ({
        look: index === 0 ? 'knock' : 'elsewhere',
        vantage: null,
        observation,
        transcript: null,
        logLines: [],
        pairingList: null,
      }));
    const local = (knock: Observation, elsewhere: Observation, values: Partial<Cell> = {}) => {
      const cell = { route: 'loopback', asks: 'asks-write', prior: 'paired-read', ...values } as const;
      const base = kept(cell, refused, { looks: looks(refused, refused) });
      const head = kept(cell, refused, { looks: looks(knock, elsewhere) });
      const found = diffReports(report(base), report(head)).changes.find(({ id }) => id.endsWith('/elsewhere'));
      return [found?.change, found?.local];
    };
    const writes: Observation = {
      outcome: { kind: 'admitted', role: 'operator', scopes: ['operator.write'], protocol: 4, deviceToken: true },
      pairing: 'unchanged',
    };
    expect(local(writes, writes)).toEqual(['weakened', true]);
    expect(local(refused, admitted)).toEqual(['weakened', true]); // it was approved for reading before
    expect(local(refused, writes)).toEqual(['weakened', false]);
    expect(local(writes, { ...writes, pairing: 'approved-silently' })).toEqual(['weakened', false]);
    expect(local(writes, writes, { credential: 'wrong-secret' })).toEqual(['weakened', false]);
  });

  test('with two different observations on one gateway are named and not compared', () => {
    const doubted = kept({}, refused, { flaky: true });
    const sure = kept({}, admitted);
    const other = kept({ route: 'proxy' }, refused);
    const ids = (base: Report, head: Report) => {
      const { changes, doubtful, onlyBase, onlyHead } = diffReports(base, head);
      return { compared: changes.map(({ id }) => id), doubtful, onlyBase, onlyHead };
    };
    const expected = { compared: ['table/proxy/knock'], doubtful: ['plain'], onlyBase: [], onlyHead: [] };
    expect(ids(report(doubted, other), report(sure, other))).toEqual(expected);
    expect(ids(report(sure, other), report(doubted, other))).toEqual(expected);
  });

  test('that were not observed on one gateway, or that only one table has, are named', () => {
    const seen = kept({}, refused);
    const never = kept({}, refused, { unreached: 'an earlier knock ended in timeout', looks: [] });
    const unreached = (base: TableCell[], head: TableCell[]) => diffReports(report(...base), report(...head)).unreached;
    expect(unreached([seen], [seen])).toEqual([]);
    expect(unreached([seen], [never])).toEqual(['plain']);
    expect(unreached([never], [seen])).toEqual(['plain']);
    expect(unreached([never], [never])).toEqual(['plain']);
    expect(unreached([seen], [])).toEqual(['plain']);
    expect(unreached([kept({}, { notCarriedOut: 'it has sent nothing yet' })], [seen])).toEqual(['plain']);
  });

  test('whose knock was refused before the challenge have a replay with the outcome of the knock', () => {
    const early: Observation = {
      outcome: { kind: 'refused', at: 'http', code: 403, cause: 'proxy-attribution', reason: null, text: '' },
    };
    const looks = (knock: Observation, replay: Observation): TableCell['looks'] =>
      [knock, replay].map((observation, index) => ({
        look: index === 0 ? 'knock' : 'replay',
        vantage: null,
        observation,
        transcript: null,
        logLines: [],
        pairingList: null,
      }));
    const base = kept({}, refused, { looks: looks(early, { notCarriedOut: 'it has sent nothing yet' }) });
    const head = kept({}, refused, { looks: looks(refused, admitted) });
    const { changes, unreached } = diffReports(report(base), report(head));
    expect(changes.map(({ id, change }) => [id, change])).toEqual([
      ['table/plain/replay', 'weakened'],
      ['table/plain/knock', 'changed'],
    ]);
    expect(unreached).toEqual([]);
  });

  test('are compared in place of the checks of the properties', () => {
    const sentence = { ...BASE, checks: BASE.checks.map((check) => ({ ...check, scenario: TABLE_ID })) };
    expect(diffReports(sentence, sentence)).toMatchObject({ changes: [], onlyBase: [], onlyHead: [] });
  });
});

test('a leaked secret is never local', () => {
  const leaks: Observation = { ...admitted, leaked: ['token in the log'] };
  expect(told(seeing(['loopback', admitted]), seeing(['loopback', leaks]))).toEqual(['weakened: 0']);
});

test('a kind of event that the base logs several times, and the head never, is named', () => {
  const writing = (...events: AuditEvent['event'][]): Observation => ({
    ...refused,
    audit: events.map((event) => ({ event, line: 'a line' })),
  });
  const times = (count: number, observation: Observation): Report =>
    seeing(...Array.from({ length: count }, (): [string, Observation] => ['lan', observation]));
  const unwritten = (base: Report, head: Report) => diffReports(base, head).unwritten;
  expect(unwritten(times(3, writing('unauthorized', 'refused')), times(3, writing('refused')))).toEqual([
    'unauthorized',
  ]);
  expect(unwritten(times(2, writing('unauthorized')), times(2, writing()))).toEqual([]);
  expect(unwritten(times(3, writing('unauthorized')), times(3, admitted))).toEqual([]);
  // The late line of a decision is not about the knock in whose observation it stands.
  expect(unwritten(times(3, writing('pairing-approved')), times(3, writing()))).toEqual([]);
});

test('reports of several gateways, or of another suite, are not compared', () => {
  const several = sampleReport(EVERY_VERDICT);
  const names = several.subjects.map(({ reference }) => reference).join(', ');
  const next = 'Give a report of one gateway: run each with `postern run --gateway …` of its own.';
  expect(() => diffReports(several, BASE)).toThrow(
    new UsageError(`the base report is about ${several.subjects.length} gateways (${names})`, next),
  );
  expect(() => diffReports(BASE, { ...BASE, subjects: [] })).toThrow(
    new UsageError('the head report is about 0 gateways', next),
  );
  const other = { ...BASE, run: { ...BASE.run, suite: { version: '0.0.1', commit: null } } };
  expect(() => diffReports(BASE, other)).toThrow(/Postern 0\.0\.1 \(no commit\) made the head report/);
});

describe('the own command of a release', () => {
  const OWN = tableCheck(OWN_CLIENT);
  const LET_IN = { argv: ['openclaw', 'cron', 'list'], exitCode: 0, stdout: '{}', stderr: '' };
  /** A report in which the check of the own command is red, from this vantage, with this outcome of the harness's client. */
  function differing(vantage: string, outcome: Observation['outcome']): Report {
    const [first] = BASE.checks;
    if (first === undefined) throw new Error('the sample has checks');
    const observation: Observation = { ...(outcome === undefined ? {} : { outcome }), command: LET_IN };
    const check: CheckResult = {
      ...first,
      id: OWN,
      scenario: TABLE_ID,
      verdict: 'fail',
      vantage,
      observation,
      seen: 'it differs',
    };
    return { ...BASE, checks: [...BASE.checks, check] };
  }

  test('a head that gives it more access than a client of the harness is weaker than a base that does not', () => {
    const found = diffReports(BASE, differing('lan', refused.outcome));
    expect(found.ownClientGivenMore).toBe('it differs');
    expect(exitCodeOfComparison(found)).toBe(EXIT.weakened);
  });

  test.each<[string, Report, Report]>([
    ['on the same machine', BASE, differing('loopback', refused.outcome)],
    ['where the harness was let in as well', BASE, differing('lan', admitted.outcome)],
    ['where the base does so too', differing('lan', refused.outcome), differing('lan', refused.outcome)],
  ])('it is no weakening %s', (_where, base, head) => {
    expect(diffReports(base, head).ownClientGivenMore).toBeNull();
  });
});
