/**
 * The host configuration of a container that runs one program of somebody else's image and ends: no network, no capabilities, no new
 * privileges, and bounds on memory (bytes), processes, and what the engine keeps of its output.
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
