import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { SignalingStatus } from '../../tenant/tenant.ts';
import { ANY_OTHER_APPLICATION } from './scene.ts';

/** The words of `gsa whatif` for one sign-in; `undefined` for one that it cannot suppose. */
export function whatIfWords(attempt: SignInAttempt, signaling: SignalingStatus): readonly string[] | undefined {
  const { identity, target, network, satisfied } = attempt;
  const isOwnTunnel = network.via === 'direct' || network.via === undefined || network.tunnelOfThisTenant === true;
  if (identity.kind !== 'user' || target.kind === 'userAction' || !isOwnTunnel) return undefined;
  const [audience] = target.audiences ?? [];
  const user = identity.userPrincipalName ?? identity.userId;
  if (user === undefined || audience === undefined) return undefined;
  const app =
    audience.appId === ANY_OTHER_APPLICATION.appId ? audience.appId : (audience.displayName ?? audience.appId);
  const { source, proxy } = network;
  const proven = Object.entries(satisfied).flatMap(([control, value]) => (value === true ? [control] : []));
  return [
    'whatif',
    ...option('--user', user),
    ...option('--app', app),
    ...option('--auth-context', target.kind === 'authenticationContext' ? target.authenticationContext : undefined),
    ...option('--source-ip', source.address?.text),
    ...option('--country', countryWord(source.countryOrRegion)),
    ...option('--via', VIAS[network.via ?? 'unknown']),
    ...option('--proxy-ip', proxy?.address?.text),
    ...option('--proxy-country', countryWord(proxy?.countryOrRegion)),
    ...option('--client-app-type', CLIENTS[attempt.clientAppType ?? 'browser']),
    ...option('--platform', attempt.devicePlatform ?? undefined),
    ...(proven.length === 0 ? [] : ['--satisfied', ...proven]),
    ...option('--signaling', signaling),
  ];
}

const VIAS = {
  globalSecureAccessClient: 'gsa',
  remoteNetwork: 'remote-network',
  direct: 'direct',
  unknown: 'unknown',
} as const;

const CLIENTS = {
  browser: undefined,
  mobileAppsAndDesktopClients: 'mobileAppsAndDesktopClients',
  exchangeActiveSync: 'exchangeActiveSync',
  easSupported: 'exchangeActiveSync',
  other: 'other',
} as const;

function option(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [name, value];
}

function countryWord(country: string | null | undefined): string | undefined {
  return country === null ? 'none' : country;
}
