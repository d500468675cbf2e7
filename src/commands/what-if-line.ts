import { choicesOf, FACT_NAMES, factNamed } from '../core/graph/sign-in-facts.ts';
import { USER_ACTIONS } from '../core/graph/words.ts';
import type { World } from '../core/impact/world.ts';
import type { SignInAttempt } from '../core/signaling/attempt.ts';
import { looksUpByGps } from '../core/tenant/named-location.ts';
import { objects } from '../core/tenant/policy-words.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import type { Invoked } from '../shell/session.ts';
import { commandText, tenantWords } from './command-text.ts';

const VIAS = { direct: 'direct', globalSecureAccessClient: 'gsa', remoteNetwork: 'remote-network' } as const;

/** The `gsa whatif` that supposes this sign-in, or `undefined` where no option says such a one. */
export function whatIfLine(
  session: Invoked,
  attempt: SignInAttempt,
  { tenant, signalingStatus }: Pick<World, 'tenant' | 'signalingStatus'>,
): string | undefined {
  const words = [
    identityWords(attempt),
    targetWords(attempt),
    networkWords(attempt, tenant),
    sessionWords(attempt),
    deviceWords(attempt),
  ];
  if (words.some((part) => part === undefined)) return undefined;
  return commandText([
    'whatif',
    ...tenantWords(session),
    ...words.flatMap((part) => part ?? []),
    '--signaling',
    signalingStatus,
  ]);
}

type Words = readonly string[] | undefined;

function option(name: string, value: string | null | undefined): readonly string[] {
  return value === undefined ? [] : [`--${name}`, value ?? 'none'];
}

function identityWords({ identity }: SignInAttempt): Words {
  if (identity.kind !== 'user') return option('service-principal', identity.servicePrincipalId);
  const { userId, userPrincipalName, externalUserType } = identity;
  return userId === undefined || externalUserType !== undefined
    ? undefined
    : option('user', userPrincipalName ?? userId);
}

function targetWords({ target }: SignInAttempt): Words {
  if (target.kind === 'userAction') {
    const action = USER_ACTIONS.find(({ urn }) => urn === target.userAction);
    return action === undefined ? undefined : option('user-action', action.urn.slice('urn:user:'.length));
  }
  const [audience] = target.audiences ?? [];
  if (audience === undefined || isMadeUp(audience.appId)) return undefined;
  const app = option('app', audience.appId);
  return target.kind === 'application' ? app : [...app, ...option('auth-context', target.authenticationContext)];
}

/** An application that stands for all that no policy names has no name to be asked by. */
function isMadeUp(appId: string): boolean {
  return /^f{8}-f{4}-4/.test(appId);
}

function networkWords({ network, gpsCountryOrRegion, insideCorporateNetwork }: SignInAttempt, tenant: Tenant): Words {
  const { via, source, proxy, tunnelOfThisTenant } = network;
  if (via === undefined) return undefined;
  return [
    ...option('via', VIAS[via]),
    ...option('source-ip', source.address?.text),
    ...option('country', source.countryOrRegion),
    ...option('proxy-ip', proxy?.address?.text),
    ...option('proxy-country', proxy?.countryOrRegion),
    ...(tunnelOfThisTenant === false ? option('tunnel', 'foreign') : []),
    ...(isPositionAsked(tenant) ? option('gps-country', gpsCountryOrRegion) : []),
    ...(insideCorporateNetwork === true ? ['--intranet-claim'] : []),
  ];
}

/** Whether a named location is by the position that a phone shares: of no other tenant is it worth a word. */
function isPositionAsked({ namedLocations }: Tenant): boolean {
  return objects(namedLocations).some(looksUpByGps);
}

function sessionWords(attempt: SignInAttempt): Words {
  const { authenticationFlow, originalTransferMethod, satisfied, canPerformMfa } = attempt;
  const facts = FACT_NAMES.filter((fact) => factNamed(fact).option !== undefined);
  const isSayable =
    facts.every((fact) => attempt[fact] === undefined || choicesOf(fact).some((word) => word === attempt[fact])) &&
    authenticationFlow === originalTransferMethod &&
    canPerformMfa !== false &&
    (satisfied.termsOfUseAccepted ?? []).length + (satisfied.customAuthenticationFactors ?? []).length === 0;
  if (!isSayable) return undefined;
  return [
    ...facts.flatMap((fact) => {
      const { option: declared, supposed } = factNamed(fact);
      return declared === undefined || attempt[fact] === supposed ? [] : option(declared.name, attempt[fact]);
    }),
    ...option('methods', satisfied.authenticationMethodCombination),
    ...Object.entries(satisfied).flatMap(([name, value]) => (value === true ? option('satisfied', name) : [])),
  ];
}

/** A device proves what its record says; `gsa whatif` wants that said as a satisfied control too. */
function deviceWords({ device }: SignInAttempt): Words {
  if (device === undefined) return undefined;
  const attributes = Object.entries(device ?? {});
  if (attributes.some(([, value]) => typeof value === 'object' && value !== null)) return undefined;
  const isHybrid = String(device?.['trustType']).toLowerCase() === 'serverad';
  const isCompliant = device?.['isCompliant'] === true;
  return [
    ...attributes.flatMap(([name, value]) => (value === null ? [] : option('device', `${name}=${String(value)}`))),
    ...(isCompliant ? option('satisfied', 'compliantDevice') : []),
    ...(isHybrid ? option('satisfied', 'domainJoinedDevice') : []),
  ];
}
