import { existsSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { syncFolder } from '../tenant/durable-write.ts';

/** Gives a journal another name beside its own, so that nothing of it is lost; `undefined` where there is none. */
export function setJournalAside(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  let number = 1;
  while (existsSync(`${path}.${number}`)) number++;
  renameSync(path, `${path}.${number}`);
  syncFolder(dirname(path));
  return basename(`${path}.${number}`);
}
