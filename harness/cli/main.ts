#!/usr/bin/env node
import './memory.ts';

import { Command, CommanderError } from 'commander';
import { EXIT, isPosternError } from '../exit.ts';
import { EXIT_MEANING } from '../report/headline.ts';
import { addCoverage } from './coverage.ts';
import { addDiff } from './diff.ts';
import { addDoctor } from './doctor.ts';
import { addExplain } from './explain.ts';
import { addGate } from './gate.ts';
import { addImages } from './images.ts';
import { addLint } from './lint.ts';
import { addList } from './list.ts';
import { addMatrix } from './matrix.ts';
import { addModel } from './model.ts';
import { addRun } from './run.ts';
import { addSelftest } from './selftest.ts';

function exitCodes(): string[] {
  return Object.entries(EXIT_MEANING).map(([code, meaning]) => `${code.padStart(3)}  ${meaning}`);
}

const program = new Command('postern')
  .description('Plays reported access failures against a real OpenClaw gateway, and watches its boundary.')
  .showHelpAfterError('(see `postern --help`)')
  .addHelpText('after', () => ['', 'Exit codes:', ...exitCodes()].join('\n'))
  .exitOverride();

for (const add of [
  addRun,
  addMatrix,
  addList,
  addLint,
  addExplain,
  addGate,
  addDiff,
  addModel,
  addSelftest,
  addCoverage,
  addImages,
  addDoctor,
])
  add(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.holds : EXIT.usage;
  } else if (isPosternError(error)) {
    process.stderr.write(`${error.message}\n\n${error.next}\n`);
    process.exitCode = error.exitCode;
  } else {
    process.stderr.write(
      `${error instanceof Error ? error.stack : error}\n\nThis is a defect of Postern; please report it.\n`,
    );
    process.exitCode = EXIT.environment;
  }
}
process.exit();
