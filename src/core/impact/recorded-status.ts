import type { SignIn } from '../conditional-access/record/sign-in.ts';
import { parseAddress } from '../network/address.ts';
import { splitPort } from '../network/address-port.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';

/**
 * The signaling status that a record implies: through Global Secure Access with the user's own address it was enabled, with
 * the proxy's it was disabled (SEED). `undefined`: the record does not tell, and where nothing stood between it makes no
 * difference.
 */
export function recordedStatus(
  record: Pick<SignIn, 'ipAddress'>,
  { network }: SignInAttempt,
): SignalingStatus | undefined {
  const { via, source, proxy } = network;
  if (via === undefined || via === 'direct' || typeof record.ipAddress !== 'string') return undefined;
  const recorded = parseAddress(splitPort(record.ipAddress)?.host ?? '')?.text;
  if (recorded === undefined) return undefined;
  if (recorded === proxy?.address?.text) return 'disabled';
  return recorded === source.address?.text ? 'enabled' : undefined;
}
