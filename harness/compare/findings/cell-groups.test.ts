import { expect, test } from 'vitest';
import { ROUTES } from '../../pairwise/dimensions.ts';
import { diffReports } from '../diff.ts';
import { type CellGroup, groupCells } from './cell-groups.ts';
import { admitted, type Gateway, isHere, isHereWithout, pairing, played, refused } from './played-table.fixture.ts';

const groupsOf = (base: Gateway, head: Gateway): CellGroup[] =>
  groupCells(diffReports(played(base, '2026.4.1'), played(head, '2026.9.6')).changes);

/** A group in short: its condition, the probe and the number of its changes, and of those that follow from them. */
const told = ({ changes, consequences, explanation, exceptions }: CellGroup): unknown => ({
  if: explanation.condition.map((terms) =>
    terms.map(({ dimension, is, values }) => `${dimension} ${is} ${values.join(' ')}`),
  ),
  probes: [...new Set(changes.map(({ probe }) => probe))],
  changes: changes.length > 0,
  follow: consequences.length > changes.length,
  exceptions,
});

const HEADERS = ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'X-Forwarded-Proto', 'X-Forwarded-Host'];
const strict = pairing(isHereWithout(...HEADERS));

test('a header that no longer counts as one of a proxy is one cause, whatever its clients were answered', () => {
  const head = pairing(isHereWithout(...HEADERS.filter((name) => name !== 'Forwarded')));
  expect(groupsOf(strict, head).map(told)).toEqual([
    {
      if: [['route in loopback silent-proxy', 'forwarded in forwarded-loopback forwarded-loopback-6']],
      probes: ['knock'],
      changes: true,
      follow: true,
      exceptions: [],
    },
  ]);
});

test('a refusal in place of every other answer is one cause, though the clients were answered differently', () => {
  const asked: Gateway = (cell) =>
    cell.forwarded === 'no-forwarded' && ROUTES[cell.route].from !== 'proxy'
      ? strict(cell)
      : refused('proxy-attribution', 'proxy_attribution_required');
  const remote = groupsOf(strict, asked);
  expect(remote.map(({ changes }) => new Set(changes.map(({ kind }) => kind.before)).size > 2)).toEqual([true]);
  expect(remote.map(told)).toMatchObject([
    { if: [['forwarded not-in no-forwarded'], ['route in proxy proxy-real-ip proxy-rfc7239 silent-proxy']] },
  ]);
});

test('two causes with the same kind of change, and conditions of their own, are two conjunctions at most', () => {
  const head = pairing((cell) => isHere(cell) || (cell.route === 'lan' && cell.host === 'host-localhost'));
  expect(groupsOf(pairing(isHere), head).map(told)).toMatchObject([
    { if: [['route in lan', 'host in host-localhost']], exceptions: [] },
  ]);
});

test('more scopes for those who ask for administration are told by the scopes that they get', () => {
  const more: Gateway = (cell) => {
    const seen = strict(cell);
    return cell.asks === 'asks-admin' && seen.outcome?.kind === 'admitted'
      ? admitted([...seen.outcome.scopes, 'operator.extra'], seen.pairing)
      : seen;
  };
  const groups = groupsOf(strict, more);
  expect(
    new Set(groups.flatMap(({ changes }) => changes.map(({ kind }) => kind.after.includes('operator.extra')))),
  ).toEqual(new Set([true]));
  for (const { explanation } of groups)
    expect(explanation.condition.flat().map(({ dimension }) => dimension)).toContain('asks');
});

test('every change is in exactly one group', () => {
  const base = strict;
  const head = pairing(() => true);
  const { changes } = diffReports(played(base, '2026.4.1'), played(head, '2026.9.6'));
  const grouped = groupCells(changes).flatMap((group) => [
    ...group.changes.map(({ change }) => change.id),
    ...group.consequences.map(({ id }) => id),
  ]);
  expect(grouped.toSorted()).toEqual(changes.flatMap(({ change, id }) => (change === 'same' ? [] : [id])).toSorted());
});

test('a gateway compared with itself has no groups', () => {
  expect(groupsOf(strict, strict)).toEqual([]);
});
