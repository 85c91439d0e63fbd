/**
 * How a running gateway reacts to a changed config file, from its log. `applied`: it uses the new config already. `restart`: it ends every
 * connection, and then either restarts in the same process, or exits so that its supervisor starts it. `rejected`: it keeps the old config.
 */
export type Reload = 'applied' | 'restart' | 'rejected';

/** How these lines of the log begin. Wording measured on 2026.2.19 to 2026.9.6. */
const READINGS: readonly { begins: string; reload: Reload }[] = [
  { begins: 'config hot reload applied', reload: 'applied' },
  { begins: 'config change applied', reload: 'applied' },
  { begins: 'config change requires gateway restart', reload: 'restart' },
  { begins: 'config reload skipped', reload: 'rejected' },
  { begins: 'config reload disabled', reload: 'rejected' },
  { begins: 'config reload failed', reload: 'rejected' },
];

/** Reads a line of the log. Returns null if the line is not about a reload of the config. */
export function readReload(line: string): Reload | null {
  const text = /\[reload\] (.*)/.exec(line)?.[1];
  return READINGS.find(({ begins }) => text?.startsWith(begins) === true)?.reload ?? null;
}

/**
 * True if a line of the log says that the gateway has started another process of itself and exits. In a container it is process 1: the
 * container stops with it, at once or some seconds later, and the other process with the container. Seen on 2026.4.1; newer releases
 * restart in the same process if they run in a container.
 */
export function exitsForAnotherProcess(line: string): boolean {
  return line.includes('restart mode: full process restart (spawned pid ');
}
