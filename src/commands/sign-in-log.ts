import type { Session } from '../shell/session.ts';
import type { SignInLog } from '../store/types.ts';

/** The sign-in log of the tenant; what makes its records is loaded with it. */
export async function signInLog(session: Session): Promise<SignInLog> {
  const { rewriting } = await import('./rewriting.ts');
  return await session.signIns(rewriting);
}
