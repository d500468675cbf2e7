import type { SignInAttempt } from '../../signaling/attempt.ts';

/** Applications where Microsoft itself asks users for MFA, outside Conditional Access (MMFA). */
const ASKING: ReadonlyMap<string, string> = new Map([
  ['c44b4083-3bb0-49c1-b47d-974e53cbdf3c', 'the Azure portal and the Microsoft Entra and Intune admin centers'],
  ['00000006-0000-0ff1-ce00-000000000000', 'the Microsoft 365 admin center'],
  ['0c1307d4-29d6-4389-a11c-5cbe7f65d7fa', 'the Azure mobile app'],
  ['04b07795-8ddb-461a-bbee-02f9e1bf7b46', 'the Azure CLI'],
  ['1950a258-227b-4e31-a9cf-717495945fc2', 'Azure PowerShell'],
]);

/**
 * That a sign-in is asked for MFA whatever the policies say, emergency accounts included; `undefined` where it is not, such as of
 * a workload identity, or where the MFA is done.
 */
export function mandatoryMfaNote({ identity, target, satisfied }: SignInAttempt): string | undefined {
  if (identity.kind !== 'user' || target.kind !== 'application' || satisfied.mfa === true) return undefined;
  const asked = [target.clientAppId, ...(target.audiences ?? []).map(({ appId }) => appId)];
  const where = asked.map((id) => ASKING.get(id?.toLowerCase() ?? '')).find((name) => name !== undefined);
  if (where === undefined) return undefined;
  return (
    `Microsoft requires MFA for ${where} whatever the policies say, of emergency accounts too: ` +
    'this is outside Conditional Access and not part of the outcome'
  );
}
