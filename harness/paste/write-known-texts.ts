import { writeFileSync } from 'node:fs';
import { gatherKnownTexts } from './gather-known-texts.ts';
import { KNOWN_TEXTS_FILE } from './known-texts.ts';

/** `node harness/paste/write-known-texts.ts`: run it after a change of the corpus, of a sign or concept, or of a title of a scenario. */
const { evidence, texts } = gatherKnownTexts();
const lines = (list: readonly unknown[]): string => list.map((each) => `    ${JSON.stringify(each)}`).join(',\n');
writeFileSync(
  KNOWN_TEXTS_FILE,
  `{\n  "evidence": [\n${lines(evidence)}\n  ],\n  "texts": [\n${lines(texts)}\n  ]\n}\n`,
);
console.log(`wrote ${KNOWN_TEXTS_FILE}`);
