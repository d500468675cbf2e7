import type { Invoked, Stores } from '../../shell/session.ts';
import { commandText, tenantWords } from '../command-text.ts';

/** How a state comes back that no undo brings back, with the command to type; or that its backup is no longer kept. */
export function howToRestore(session: Invoked & Stores, serial: number): string {
  const backup = session
    .tenants()
    .backups()
    .find((each) => each.serial === serial);
  return backup === undefined
    ? `no backup of serial ${serial} is kept any more; \`gsa tenant backups\` lists those that are`
    : `\`${commandText(['tenant', 'restore', backup.path, ...tenantWords(session)])}\` brings serial ${serial} back, and loses what came after it`;
}
