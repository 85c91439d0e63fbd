export type Machine = {
  /** Whether it uses Debian's packages: Debian, Ubuntu and their derivatives. */
  debian: boolean;
  root: boolean;
  /** ID and ID_LIKE of /etc/os-release. */
  family: string[];
  /** The name for messages: "Debian GNU/Linux 12 (bookworm)". */
  name: string;
};

export function machine(): Machine;

export function installPackages(
  names: readonly string[],
  why: string,
  say: (line: string) => void,
): Promise<string | undefined>;
