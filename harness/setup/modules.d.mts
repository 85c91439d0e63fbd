export function whyModulesDiffer(root: string): string | undefined;

export function installModules(root: string, say: (line: string) => void): string | undefined;
