#!/usr/bin/env node
import './memory.ts';

import { Command, CommanderError } from 'commander';
import { EXIT, type ExitCode, isPosternError } from '../exit.ts';
import { mergeVerdictOf } from '../report/ci/merge-verdict.ts';
import { setStepOutputs } from '../report/ci/step-outputs.ts';
import { EXIT_MEANING } from '../report/headline.ts';
import { processOutput } from '../report/terminal/output.ts';
import { posternVersion } from '../version.ts';
import { addBisect } from './bisect.ts';
import { addCoverage } from './coverage.ts';
import { addDiff } from './diff.ts';
import { addDoctor } from './doctor.ts';
import { addEvents } from './events.ts';
import { addExplain } from './explain.ts';
import { addGate } from './gate.ts';
import { addImages } from './images.ts';
import { addLane } from './lane.ts';
import { addLint } from './lint.ts';
import { addList } from './list.ts';
import { addMatrix } from './matrix.ts';
import { addMerge } from './merge.ts';
import { addModel } from './model.ts';
import { addRelease } from './release.ts';
import { addReplay } from './replay.ts';
import { addRepro } from './repro.ts';
import { addRights } from './rights.ts';
import { addRoutes } from './routes.ts';
import { addRun } from './run.ts';
import { addSelftest } from './selftest.ts';
import { addSettings } from './settings.ts';

function exitCodes(): string[] {
  return Object.entries(EXIT_MEANING).map(([code, meaning]) => `${code.padStart(3)}  ${meaning}`);
}

const output = processOutput();
process.on('exit', (code) => {
  const failure = setStepOutputs({ 'exit-code': `${code}`, verdict: mergeVerdictOf(code) }, process.env);
  if (failure !== null) output.complain(failure);
  output.close();
});

/** Prints an error: its message and what to do next, or the stack for a defect of Postern. Gives the exit code. */
function tellError(error: unknown): ExitCode {
  if (isPosternError(error)) {
    output.complain(`${error.message}\n\n${error.next}`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? error.stack : error;
  output.complain(`${stack}\n\nThis is a defect of Postern; please report it.`);
  return EXIT.environment;
}

process.on('uncaughtException', (error) => process.exit(tellError(error)));

const program = new Command('postern')
  .configureOutput({ writeOut: output.say, writeErr: output.complain })
  .description(
    'Play reported access failures against a real OpenClaw gateway, and check that its access boundary holds.',
  )
  .version(posternVersion(), '-V, --version', 'print the version of Postern')
  .showHelpAfterError('(see `postern --help`)')
  .addHelpText('after', () => ['', 'Exit codes:', ...exitCodes()].join('\n'))
  .exitOverride();

for (const add of [
  addRun,
  addMatrix,
  addList,
  addLint,
  addExplain,
  addReplay,
  addRepro,
  addGate,
  addMerge,
  addDiff,
  addRelease,
  addBisect,
  addModel,
  addRights,
  addRoutes,
  addEvents,
  addSettings,
  addSelftest,
  addCoverage,
  addLane,
  addImages,
  addDoctor,
])
  add(program, output);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.holds : EXIT.usage;
  } else {
    process.exitCode = tellError(error);
  }
}
await output.drained();
process.exit();
