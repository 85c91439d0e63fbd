import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { ROOT } from '../root.ts';

/** The last commit that is older than the convention in CONTRIBUTING.md. */
const BEFORE = 'c0b3a80ca272d4431f240f9a8b81f585d1ee37ff';

const LONGEST_SUBJECT = 72;

/** First words that are not an imperative, and imperatives that end in -ing or -ed. */
const NO_VERB =
  /^(an?|the|it|this|that|what|when|where|which|who|whoever|nobody|everybody|each|every|now|no|some)$|ing$|ed$/i;
const VERB_AFTER_ALL = /^(bring|string|swing|seed|feed|need|speed|embed|shed|proceed)$/i;

const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
/** False in an archive and in a shallow clone, which lack that commit. CI makes a full clone. */
const hasHistory = git('merge-base', '--is-ancestor', BEFORE, 'HEAD').status === 0;

/** The faults of a commit message, one clause each; empty if there are none. */
function faultsOf(message: string): string[] {
  const [subject = '', second = ''] = message.split('\n');
  const [verb = ''] = subject.split(' ');
  return [
    ...([...subject].length > LONGEST_SUBJECT ? [`the subject is longer than ${LONGEST_SUBJECT} characters`] : []),
    ...(/^[A-Z]/.test(subject) ? [] : ['the subject does not begin with a capital letter']),
    ...(subject.endsWith('.') ? ['the subject ends with a full stop'] : []),
    ...(NO_VERB.test(verb) && !VERB_AFTER_ALL.test(verb) ? [`"${verb}" is no imperative`] : []),
    ...(second === '' ? [] : ['no blank line follows the subject']),
  ];
}

test.each<[message: string, faults: string[]]>([
  ['Add a page for whoever has a red report', []],
  ['Bring the list up to date', []],
  ['Seed the order of probes, too\n\nTwo runs differed.', []],
  ['Added a page', ['"Added" is no imperative']],
  ['Fixing the page.', ['the subject ends with a full stop', '"Fixing" is no imperative']],
  ['The page says more', ['"The" is no imperative']],
  [
    'add a page\nthat says more',
    ['the subject does not begin with a capital letter', 'no blank line follows the subject'],
  ],
  [`Add ${'x'.repeat(69)}`, ['the subject is longer than 72 characters']],
])('a commit message is read for faults: %#', (message, faults) => {
  expect(faultsOf(message)).toEqual(faults);
});

test.skipIf(!hasHistory)('every commit since the convention began follows it', () => {
  const log = git('log', '--no-merges', '--format=%h%n%B%x00', `${BEFORE}..HEAD`).stdout;
  const found = log.split('\0').flatMap((entry) => {
    const [hash, ...lines] = entry.trim().split('\n');
    const faults = hash === undefined || hash === '' ? [] : faultsOf(lines.join('\n'));
    return faults.length === 0 ? [] : [`${hash} ${lines[0]}: ${faults.join('; ')}`];
  });
  expect(found).toEqual([]);
});
