import type { Audience } from '../../signaling/attempt.ts';

const SECURITY_INFORMATION = 'urn:user:registersecurityinfo';
const DEVICE = 'urn:user:registerdevice';

/**
 * Where people register: the pages of security information and the service behind them, Microsoft Authenticator (D-REG: signing in
 * to it is subject to such policies), and the registration of devices.
 */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['19db86c3-b2b9-44cc-b339-36da233a3be2', SECURITY_INFORMATION],
  ['0000000c-0000-0000-c000-000000000000', SECURITY_INFORMATION],
  ['ea890292-c8c8-4433-b5ea-b09d0668e1a6', SECURITY_INFORMATION],
  ['4813382a-8fa7-425e-ab75-3b753aab3abb', SECURITY_INFORMATION],
  ['01cb2876-7ebd-4aa4-9cc9-d28bd4d359a9', DEVICE],
]);

/** One list for each set of actions: those who remember sign-ins compare the lists. */
const LISTS: ReadonlyMap<string, readonly string[]> = new Map(
  [[SECURITY_INFORMATION], [DEVICE], [SECURITY_INFORMATION, DEVICE]].map((actions) => [actions.join(), actions]),
);

/**
 * The user actions that a sign-in of this client to these resources may be, where nothing says whether it is one; `undefined`:
 * none, as nobody registers there. A resource that is not known may be any.
 */
export function actionsAt(
  clientAppId: string | undefined,
  audiences: readonly Audience[] | undefined,
): readonly string[] | undefined {
  const asked = [clientAppId, ...(audiences ?? []).map(({ appId }) => appId)];
  const found = new Set(asked.map((id) => SERVICES.get(id?.toLowerCase() ?? '')));
  const isPossible = (action: string) => audiences === undefined || found.has(action);
  return LISTS.get([SECURITY_INFORMATION, DEVICE].filter(isPossible).join());
}
