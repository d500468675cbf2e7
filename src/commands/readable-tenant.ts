import type { Stores } from '../shell/session.ts';
import type { StoredTenant } from '../store/types.ts';
import { GsaError } from '../trouble/error.ts';

/** The tenant where there is one that can be read, for a command that goes on without. */
export function readableTenant(session: Stores): StoredTenant | undefined {
  try {
    return session.tenants().read();
  } catch (error) {
    if (error instanceof GsaError) return undefined;
    throw error;
  }
}
