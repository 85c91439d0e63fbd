import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import { z } from 'zod';
import { EnvironmentError } from '../../exit.ts';
import { type Engine, engineMessage, freeBytes } from './engine.ts';
import { npmErrorLines } from './npm.ts';

/** The label of every image and build container of Postern, to list and remove them: `label=postern=image`. */
export const IMAGE_LABEL = { postern: 'image' };

/** A file of a build context: its name with its text, or with the path of the file to copy. */
export type ContextFile = { name: string; text: string } | { name: string; path: string };

/** The image to build. */
export type BuildRequest = {
  /** Subject of error messages: "The image of openclaw 2026.4.1". */
  what: string;
  tag: string;
  dockerfile: string;
  /** The stage of the Dockerfile to build; the last one unless given. */
  target?: string;
  files: readonly ContextFile[];
  args: Readonly<Record<string, string>>;
  /** `none` runs every step without a network. */
  network: 'default' | 'none';
  /** Peak disk space of the build. The build starts only if this much is free. */
  bytes: number;
  /** Time limit. */
  minutes: number;
};

const LINES_KEPT = 400;
const LINES_SHOWN = 12;

const eventSchema = z.object({
  stream: z.string().optional(),
  error: z.string().optional(),
  aux: z.object({ ID: z.string() }).optional(),
});

const missingSchema = z.object({ statusCode: z.literal(404) });

/** The id of the image with this tag; undefined if the engine has none. */
export async function imageId(engine: Engine, tag: string): Promise<string | undefined> {
  try {
    return (await engine.docker.getImage(tag).inspect()).Id;
  } catch (error) {
    if (missingSchema.safeParse(error).success) return undefined;
    throw error;
  }
}

/**
 * Tags an image, unless another process has used the tag before. In that case, removes this image, so that all processes on the machine
 * use the same image for a tag. Returns the id of the image that has the tag.
 */
export async function claimTag(engine: Engine, id: string, tag: string): Promise<string> {
  const first = await imageId(engine, tag);
  if (first === undefined) {
    const colon = tag.lastIndexOf(':');
    await engine.docker.getImage(id).tag({ repo: tag.slice(0, colon), tag: tag.slice(colon + 1) });
    return id;
  }
  // Another build may still use this image as its base. Then the engine keeps it, which is harmless.
  if (first !== id)
    await engine.docker
      .getImage(id)
      .remove()
      .catch(() => undefined);
  return first;
}

async function writeContext(pack: tar.Pack, request: BuildRequest): Promise<void> {
  const files: ContextFile[] = [{ name: 'Dockerfile', text: request.dockerfile }, ...request.files];
  for (const file of files) {
    if ('text' in file) {
      pack.entry({ name: file.name }, file.text);
    } else {
      const { size, mode } = await stat(file.path);
      await pipeline(createReadStream(file.path), pack.entry({ name: file.name, size, mode: (mode & 0o777) | 0o444 }));
    }
  }
  pack.finalize();
}

/**
 * Decodes a line of a build's output into lines of text, without empty ones. dockerode 5.0.1 passes on the output of build steps in
 * base64, and its own notices as plain text. A notice always contains a space, and base64 never does.
 */
export function readBuildLine(line: string): string[] {
  const text = line.trimEnd();
  const encoded = text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
  return (encoded ? Buffer.from(text, 'base64').toString('utf8') : text).split(/\r?\n/).filter((part) => part.trim());
}

/**
 * Reads an engine's streamed answer to its end, and calls `onEvent` for each event. Rejects with the error that ends the stream.
 * dockerode's types lack `followProgress`, the method that decodes BuildKit's answers.
 */
export function follow(
  engine: Engine,
  stream: NodeJS.ReadableStream,
  onEvent: (event: unknown) => void,
): Promise<void> {
  return new Promise((done, fail) => {
    const finished = (error: Error | null): void => (error ? fail(error) : done());
    const method: unknown = Reflect.get(engine.docker, 'followProgress');
    if (typeof method !== 'function') throw new Error('dockerode has no followProgress: was it updated?');
    Reflect.apply(method, engine.docker, [stream, finished, onEvent]);
  });
}

/** Shortens the engine's error about a failed step to the exit code, without the command, which is in the Dockerfile. */
function shortCause(cause: string): string {
  const exit = /(?:executor failed running \[.*\]|process ".*" did not complete successfully): (.*)$/s.exec(cause)?.[1];
  return exit === undefined ? cause : `a step ended with ${exit}`;
}

/** Lines about the engine's internal steps, which do not help the user. */
const NOISE = /^\[sha256:[0-9a-f]+\] (\[internal\]|copy \/context)|^CACHED: |^ERROR: /;

/** Hints for failures of npm, by the code that npm or docker/install-tree.sh prints. The first matching row is used. */
const ADVICE: readonly { code: RegExp; next: string }[] = [
  {
    code: /^code EALLOW/,
    next: 'A build is installed from the registry only, not from another host even if the registry names it: replace a dependency from git, a URL or a folder by a published version.',
  },
  {
    code: /^code EOLDNPM/,
    next: 'Pull a newer node:24-bookworm-slim, or set POSTERN_BASE=debian.',
  },
  {
    code: /^/,
    next: 'Check the network and `npm config get registry`; a dependency that npm cannot find needs a row in harness/gateway/source/npm-overrides.ts.',
  },
];

function failure(engine: Engine, request: BuildRequest, lines: readonly string[], cause: string): EnvironmentError {
  const all = [...lines, cause].join('\n');
  if (/no space left on device|ENOSPC/i.test(all)) return diskFull(engine, request);
  const npmLines = npmErrorLines(lines.join('\n'));
  const shown =
    npmLines.length > 0
      ? npmLines.slice(0, LINES_SHOWN)
      : lines.filter((line) => !NOISE.test(line)).slice(-LINES_SHOWN);
  return new EnvironmentError(
    [`${request.what} could not be built: ${shortCause(cause)}`, ...shown.map((line) => `  ${line}`)].join('\n'),
    ADVICE.find(({ code }) => npmLines.some((line) => code.test(line)))?.next ??
      'The lines above are the last ones that the build printed. Fix what they name, and run the same command again.',
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

function diskFull(engine: Engine, request: BuildRequest, free?: number): EnvironmentError {
  const state = free === undefined ? 'is full' : `has ${gigabytes(free)} left`;
  return new EnvironmentError(
    `${request.what} could not be built: the disk that holds ${engine.rootDir} ${state}.`,
    `It needs about ${gigabytes(request.bytes)}. Remove images that are no longer needed: npx postern images --prune; docker builder prune`,
  );
}

/**
 * Builds an image with BuildKit through the engine's API, which needs neither the Docker command nor a plugin. Returns the id of the image
 * that has the tag. Throws EnvironmentError if the build fails (with npm's error lines, if npm failed), if the disk is full, and after
 * `minutes`.
 */
export async function buildImage(engine: Engine, request: BuildRequest): Promise<string> {
  const free = await freeBytes(engine);
  if (free !== undefined && free < request.bytes) throw diskFull(engine, request, free);

  const limit = AbortSignal.timeout(request.minutes * 60_000);
  const lines: string[] = [];
  let id: string | undefined;
  let error: string | undefined;
  try {
    const pack = tar.pack();
    const written = writeContext(pack, request);
    written.catch((cause) => pack.destroy(cause instanceof Error ? cause : new Error(String(cause))));
    const stream = await engine.docker.buildImage(Readable.from(pack), {
      version: '2',
      rm: true,
      forcerm: true,
      buildargs: { ...request.args },
      labels: IMAGE_LABEL,
      abortSignal: limit,
      ...(request.target === undefined ? {} : { target: request.target }),
      ...(request.network === 'none' ? { networkmode: 'none' } : {}),
    });
    await follow(engine, stream, (event) => {
      const known = eventSchema.safeParse(event);
      if (!known.success) return;
      if (known.data.aux) id = known.data.aux.ID;
      if (known.data.error !== undefined) error = known.data.error;
      for (const line of readBuildLine(known.data.stream ?? '')) {
        id = /^Built image: (\S+)$/.exec(line)?.[1] ?? id;
        lines.push(line);
        if (lines.length > LINES_KEPT) lines.shift();
      }
    });
    await written;
  } catch (cause) {
    error = engineMessage(cause);
  }
  if (limit.aborted) throw failure(engine, request, lines, `it did not end within ${request.minutes} minutes.`);
  if (error !== undefined) throw failure(engine, request, lines, error);
  if (id === undefined) throw failure(engine, request, lines, 'the engine ended the build without naming an image.');
  return claimTag(engine, id, request.tag);
}
