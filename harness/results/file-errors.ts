import { z } from 'zod';
import { messageOf } from '../exit.ts';

/** A file error in words, and what to do about it. */
type Trouble = { words: string; next: string };

const TROUBLE: Record<string, Trouble> = {
  ENOSPC: { words: 'the disk is full', next: 'Free some space, or write the report to another disk.' },
  EDQUOT: { words: 'your disk quota is used up', next: 'Free some space, or write the report to another disk.' },
  EACCES: { words: 'permission denied', next: 'Make the folder writable for this user, or choose another one.' },
  EPERM: { words: 'operation not permitted', next: 'Make the folder writable for this user, or choose another one.' },
  EROFS: { words: 'the file system is read-only', next: 'Choose a folder on a writable file system.' },
  ENOTDIR: { words: 'a part of the path is a file, not a folder', next: 'Remove that file, or choose another folder.' },
  EEXIST: { words: 'a file of that name exists', next: 'Remove that file, or choose another folder.' },
  EISDIR: { words: 'a folder of that name exists', next: 'Remove that folder, or choose another one.' },
  ENOENT: {
    words: 'the folder does not exist',
    next: 'It may have been removed during the run: choose another folder.',
  },
  ELOOP: { words: 'the path is a loop of symbolic links', next: 'Choose another folder.' },
  ENAMETOOLONG: { words: 'the path is too long', next: 'Choose a folder with a shorter path.' },
  EMFILE: { words: 'too many files are open', next: 'Raise the limit with `ulimit -n`.' },
  EIO: { words: 'the disk reported an error', next: 'Write the report to another disk.' },
};

/** Words and advice for an error of `node:fs`; any other error keeps its message. */
export function describeFileError(error: unknown): Trouble {
  const code = error instanceof Error && 'code' in error ? `${error.code}` : '';
  const message = messageOf(error);
  return TROUBLE[code] ?? { words: message, next: 'Choose another folder.' };
}

/** The message for a file that could not be written, with advice. */
export function describeWriteError(path: string, error: unknown): string {
  const { words, next } = describeFileError(error);
  return `${path} could not be written: ${words}. ${next}`;
}

/** The first fault of a ZodError with its path, without the value; any other error keeps its message. */
export function describeSchemaError(error: unknown): string {
  if (!(error instanceof z.ZodError)) return messageOf(error);
  const [issue] = error.issues;
  return `${issue?.path.join('.')} does not match its schema: ${issue?.message}`;
}
