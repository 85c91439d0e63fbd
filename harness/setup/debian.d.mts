export type Machine = {
  /** Takes Debian's packages: Debian, Ubuntu and what derives from them. */
  debian: boolean;
  root: boolean;
  /** ID and ID_LIKE of /etc/os-release. */
  family: string[];
  /** As a person would call it: "Debian GNU/Linux 12 (bookworm)". */
  name: string;
};

export function machine(): Machine;

export function installPackages(
  names: readonly string[],
  why: string,
  say: (line: string) => void,
): Promise<string | undefined>;
