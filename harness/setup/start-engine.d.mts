export type EnginePaths = {
  socket: string;
  pidFile: string;
  execRoot: string;
  systemContainerd: string;
  log: string;
  args: string[];
};

export const SYSTEM_ENGINE: EnginePaths;

export function dockerdPath(): string | undefined;

export function runs(pidFile: string, name: string): boolean;

export function clearLeftovers(paths: EnginePaths, say: (line: string) => void): Promise<void>;

export function startEngine(paths: EnginePaths, say: (line: string) => void): Promise<string | undefined>;
