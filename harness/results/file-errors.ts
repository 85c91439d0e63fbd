import { z } from 'zod';
import { messageOf } from '../exit.ts';

/** What the operating system said about a file, and what a person does about it. */
type Trouble = { words: string; next: string };

const TROUBLE: Record<string, Trouble> = {
  ENOSPC: { words: 'the disk is full', next: 'Free some space, or write the report to another disk.' },
  EDQUOT: { words: 'your disk quota is used up', next: 'Free some space, or write the report to another disk.' },
  EACCES: { words: 'permission denied', next: 'Make the folder writable for this user, or choose another one.' },
  EPERM: { words: 'operation not permitted', next: 'Make the folder writable for this user, or choose another one.' },
  EROFS: { words: 'the file system is read-only', next: 'Choose a folder on a writable file system.' },
  ENOTDIR: { words: 'a part of the path is a file, not a folder', next: 'Remove that file, or choose another folder.' },
  EEXIST: { words: 'a file of that name is in the way', next: 'Remove that file, or choose another folder.' },
  EISDIR: { words: 'a folder of that name is in the way', next: 'Remove that folder, or choose another one.' },
  ENOENT: { words: 'the folder is gone', next: 'Something removed it during the run: choose another folder.' },
  ELOOP: { words: 'the path is a circle of symbolic links', next: 'Choose another folder.' },
  ENAMETOOLONG: { words: 'the path is too long', next: 'Choose a folder with a shorter path.' },
  EMFILE: { words: 'too many files are open', next: 'Raise the limit with `ulimit -n`.' },
  EIO: { words: 'the disk reported an error', next: 'Write the report to another disk.' },
};

/** An error of `node:fs` in words and advice; an error of another kind keeps its own message. */
export function describeFileError(error: unknown): Trouble {
  const code = error instanceof Error && 'code' in error ? `${error.code}` : '';
  const message = messageOf(error);
  return TROUBLE[code] ?? { words: message, next: 'Choose another folder.' };
}

/** A sentence for a file that could not be written. */
export function unwritten(path: string, error: unknown): string {
  const { words, next } = describeFileError(error);
  return `${path} could not be written: ${words}. ${next}`;
}

/** Where a value does not keep its schema, in one sentence without the value; an error of another kind keeps its own message. */
export function describeSchemaError(error: unknown): string {
  if (!(error instanceof z.ZodError)) return messageOf(error);
  const [issue] = error.issues;
  return `${issue?.path.join('.')} is not what its schema says: ${issue?.message}`;
}
