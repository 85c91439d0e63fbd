import { cpSync, existsSync, lstatSync } from 'node:fs';
import path from 'node:path';
import { mergedLog } from './merge-shards.ts';
import type { ShardReport } from './shard-set.ts';

/**
 * Copies the logs of each shard into the folder of the merged report, below the name of the shard. Files and folders only: a link in a folder that came
 * from another machine may lead anywhere. A shard without logs has none to copy. Throws the errors of `node:fs`.
 */
export function copyLogs(shards: readonly ShardReport[], folder: string): void {
  for (const { folder: from, shard } of shards) {
    const logs = path.join(from, 'logs');
    if (!existsSync(logs)) continue;
    cpSync(logs, path.join(folder, mergedLog('logs/', shard.index)), {
      recursive: true,
      filter: (source) => lstatSync(source).isFile() || lstatSync(source).isDirectory(),
    });
  }
}
