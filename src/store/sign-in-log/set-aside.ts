import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { syncFolder } from '../tenant/durable-write.ts';
import { checkRegular, guarded, isEmpty, lineageOf } from './database.ts';

/**
 * Gives a log of another lineage, or of none, another name beside it, so that a new tenant begins with an empty log and
 * nothing is lost. Returns that name; `undefined` where no such log is there. Throws GsaError `busy` while another process
 * has it open: its writes would go astray.
 */
export function setLogAside(path: string, lineage: string): string | undefined {
  if (!checkRegular(path)) return undefined;
  return guarded(path, () => {
    const database = new DatabaseSync(path, { timeout: 1000 });
    try {
      if (isEmpty(path, database)) return undefined;
      const belongsTo = lineageOf(path, database);
      if (belongsTo === lineage) return undefined;
      const target = freeName(path, belongsTo?.slice(0, 8) ?? 'earlier');
      // Out of the write-ahead log: one file is the whole log, and there is nobody else who has it open.
      database.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
      renameSync(path, target);
      syncFolder(dirname(path));
      return target;
    } finally {
      database.close();
    }
  });
}

/** `tenant.signins.1f0c9a2e.db`, and with a number behind it when that is taken. */
function freeName(path: string, mark: string): string {
  const named = (more: string) => path.replace(/\.db$/, `.${mark}${more}.db`);
  let name = named('');
  for (let number = 2; existsSync(name); number++) name = named(`-${number}`);
  return name;
}
