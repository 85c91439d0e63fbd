#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { EXIT, isPosternError } from '../exit.ts';
import { addDoctor } from './doctor.ts';
import { addExplain } from './explain.ts';
import { addLint } from './lint.ts';
import { addList } from './list.ts';
import { addMatrix } from './matrix.ts';
import { addRun } from './run.ts';

const program = new Command('postern')
  .description('Plays reported access failures against a real OpenClaw gateway, and watches its boundary.')
  .showHelpAfterError('(see `postern --help`)')
  .addHelpText(
    'after',
    `
Exit codes:
  0  everything that ran holds
  1  a check failed, or a reported failure was reproduced on this gateway
  2  usage, configuration or a scenario could not be read
  3  the environment failed: engine, image, boot
  4  the boundary is weaker than on the base gateway
  5  the deviation list is stale
130  interrupted; containers, networks and volumes are gone`,
  )
  .exitOverride();

for (const add of [addRun, addMatrix, addList, addLint, addExplain, addDoctor]) add(program);

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
