import type { Tenant } from '../../core/tenant/tenant.ts';
import { GsaError } from '../../trouble/error.ts';
import { readTenantText } from './format.ts';

/** The tenant in a text that is no file of the disk, such as that of a commit. `file` is only named. Throws GsaError `invalid`. */
export function tenantOfText(text: string, file: string): Tenant {
  const reading = readTenantText(text, file);
  if ('document' in reading) return reading.document.tenant;
  throw new GsaError('invalid', `\`${file}\` ${reading.unreadable.message}`, { problems: reading.unreadable.problems });
}
