import { GsaError } from '../shell/error.ts';
import type { Session } from '../shell/session.ts';
import type { StoredTenant } from '../store/types.ts';

/** The tenant where there is one that can be read, for a command that goes on without. */
export function readableTenant(session: Session): StoredTenant | undefined {
  try {
    return session.tenants().read();
  } catch (error) {
    if (error instanceof GsaError) return undefined;
    throw error;
  }
}
