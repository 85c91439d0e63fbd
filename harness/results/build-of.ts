import type { Subject } from './report.ts';

/** What makes a gateway the same build on two machines. */
type Build = Pick<Subject, 'version' | 'source' | 'image' | 'base'> & { digest: string | null };

/**
 * The fields of a gateway that are the same on every machine that plays it. An image is built on each machine, so its id differs; its tag has a hash of
 * all that it is built from. An image that was given has its id. Pure.
 */
export function buildOf({ version, source, image, base, digest }: Subject): Build {
  return { version, source, image, base, digest: source === 'image' ? digest : null };
}
