/**
 * The host configuration of a container that runs one program of an untrusted image: no network, no capabilities, no new privileges, and
 * limits on memory (in bytes), processes, and the output that the engine keeps.
 */
export const isolated = (memoryBytes: number, processes: number) => ({
  NetworkMode: 'none',
  CapDrop: ['ALL'],
  SecurityOpt: ['no-new-privileges'],
  Memory: memoryBytes,
  MemorySwap: memoryBytes,
  PidsLimit: processes,
  LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '1' } },
});
