/**
 * What a gateway says it does about a config that was changed beneath it. `applied`: it goes by it already. `restart`: it ends every
 * connection first, and either comes back in the same process or exits for its supervisor to start it. `rejected`: it goes on as before.
 */
export type Reload = 'applied' | 'restart' | 'rejected';

/** Wording measured on 2026.2.19 to 2026.9.6. */
const READINGS: readonly { begins: string; reload: Reload }[] = [
  { begins: 'config hot reload applied', reload: 'applied' },
  { begins: 'config change applied', reload: 'applied' },
  { begins: 'config change requires gateway restart', reload: 'restart' },
  { begins: 'config reload skipped', reload: 'rejected' },
  { begins: 'config reload disabled', reload: 'rejected' },
  { begins: 'config reload failed', reload: 'rejected' },
];

/** Reads a line of the log; null where it is about something else. */
export function readReload(line: string): Reload | null {
  const said = /\[reload\] (.*)/.exec(line)?.[1];
  return READINGS.find(({ begins }) => said?.startsWith(begins) === true)?.reload ?? null;
}
