import { findApplication, nameOfApplication } from '../../core/conditional-access/facts/application-names.ts';
import type { GrantControl } from '../../core/graph/controls.ts';
import { GRANT_CONTROL_NAMES, GRANT_CONTROLS } from '../../core/graph/controls.ts';
import type { Address } from '../../core/network/address.ts';
import { withStandIn } from '../../core/proof/worlds/supposed-directory.ts';
import type { Audience, Identity, Satisfied, SignInAttempt, Target } from '../../core/signaling/attempt.ts';
import type { Found } from '../../core/tenant/lookup.ts';
import { findServicePrincipal, findUser } from '../../core/tenant/lookup.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { GsaError } from '../../trouble/error.ts';
import { theOne } from '../find.ts';
import type { VIAS } from '../network-options.ts';
import { PATHS } from '../network-options.ts';
import { userName } from '../people.ts';
import type { SupposedFacts } from './supposed-facts.ts';
import { supposedFacts } from './supposed-facts.ts';

/** What people say of a sign-in that did not happen. */
export interface Supposition extends SupposedFacts {
  readonly user?: string;
  readonly servicePrincipal?: string;
  readonly app?: readonly string[];
  readonly userAction?: string;
  readonly authContext?: string;
  readonly sourceIp?: Address;
  /** Or `none`: the address maps to no country. */
  readonly country?: string;
  readonly via: (typeof VIAS)[number];
  readonly tunnel?: (typeof TUNNELS)[number];
  readonly proxyIp?: Address;
  readonly proxyCountry?: string;
  readonly gpsCountry?: string;
  readonly intranetClaim?: true;
  readonly satisfied?: readonly (typeof SATISFIED)[number][];
  readonly methods?: string;
  readonly device?: readonly string[];
}

export const TUNNELS = ['own', 'foreign', 'none'] as const;

/** Words of `--satisfied`; `unknown` leaves open what is not named, instead of taking it for missing. */
export const SATISFIED = [...GRANT_CONTROL_NAMES, 'unknown'] as const;

/** A supposed sign-in with its names, and the tenant that it is asked of: with the stand-in in it where one signs in. */
export interface SupposedSignIn {
  readonly tenant: Tenant;
  readonly attempt: SignInAttempt;
  readonly user: string;
  readonly target: string;
}

/** What was supposed; throws GsaError `usage` or `invalid` for a name that the tenant does not have. */
export function supposedSignIn(known: Tenant, supposition: Supposition): SupposedSignIn {
  const tenant = withStandIn(known, supposition.user ?? '')?.tenant ?? known;
  const { identity, name } = identityOf(tenant, supposition);
  const { target, called } = targetOf(tenant, supposition);
  return {
    tenant,
    user: name,
    target: called,
    attempt: {
      identity,
      target,
      network: {
        via: supposition.tunnel === 'none' ? 'direct' : PATHS[supposition.via],
        source: { address: supposition.sourceIp, countryOrRegion: countryOf(supposition.country) },
        proxy: { address: supposition.proxyIp, countryOrRegion: countryOf(supposition.proxyCountry) },
        tunnelOfThisTenant: supposition.tunnel === undefined ? undefined : supposition.tunnel === 'own',
      },
      ...supposedFacts(supposition),
      device: deviceOf(supposition.device),
      gpsCountryOrRegion: countryOf(supposition.gpsCountry),
      insideCorporateNetwork: supposition.intranetClaim === true,
      satisfied: satisfiedOf(supposition),
      canPerformMfa: true,
    },
  };
}

function identityOf(tenant: Tenant, { user, servicePrincipal }: Supposition): { identity: Identity; name: string } {
  if (servicePrincipal !== undefined) {
    const found = theOne(findServicePrincipal(tenant, servicePrincipal), 'service principal', servicePrincipal);
    const kind = found.servicePrincipalType === 'ManagedIdentity' ? 'managedIdentity' : 'servicePrincipal';
    return {
      identity: { kind, servicePrincipalId: found.id, appId: found.appId },
      name: found.displayName ?? found.id,
    };
  }
  if (user === undefined)
    throw new GsaError('usage', 'nobody signs in', { hint: 'name somebody with --user or --service-principal' });
  // A tenant without people can still be asked about one: what hangs on groups and roles is then unknown, by name.
  if (tenant.users === undefined) return { identity: { kind: 'user', userPrincipalName: user }, name: user };
  const found = theOne(findUser(tenant, user), 'user', user);
  const identity = { kind: 'user', userId: found.id, userPrincipalName: found.userPrincipalName } as const;
  return { identity, name: userName(found) };
}

function targetOf(tenant: Tenant, { app, userAction, authContext }: Supposition): { target: Target; called: string } {
  if (userAction !== undefined)
    return { target: { kind: 'userAction', userAction: `urn:user:${userAction}` }, called: userAction };
  const audiences = app?.map((text) => applicationOf(tenant, text));
  const names = audiences?.map((audience) => nameOfApplication(tenant, audience)).join(', ');
  if (authContext !== undefined) {
    return {
      target: { kind: 'authenticationContext', authenticationContext: authContext, audiences },
      called: names === undefined ? authContext : `${names} (${authContext})`,
    };
  }
  if (audiences === undefined)
    throw new GsaError('usage', 'nothing is signed in to', { hint: 'name a resource with --app' });
  return { target: { kind: 'application', audiences, authenticationContexts: [] }, called: names ?? '' };
}

function applicationOf(tenant: Tenant, text: string): Audience {
  const answer = findApplication(tenant, text);
  if ('found' in answer) return answer.found;
  if ('isNone' in answer) throw new GsaError('invalid', answer.isNone.message, { hint: answer.isNone.hint });
  const found: Found<{ readonly id: string; readonly displayName?: string }> =
    'ambiguous' in answer
      ? { ambiguous: answer.ambiguous.map((id) => ({ id })) }
      : { near: answer.near, partly: answer.partly.map(named) };
  const { id, displayName } = theOne(found, 'application', text);
  return { appId: id, ...(displayName === undefined ? {} : { displayName }) };
}

function named({ appId, displayName }: Audience): { readonly id: string; readonly displayName?: string } {
  return { id: appId, ...(displayName === undefined ? {} : { displayName }) };
}

function countryOf(country: string | undefined): string | null | undefined {
  return country === 'none' ? null : country;
}

/** What is not named is missing, but where `unknown` leaves it open, and where the methods tell it. */
function satisfiedOf({ satisfied = [], methods }: Supposition): Satisfied {
  const isOpen = satisfied.includes('unknown');
  const isTold = (control: GrantControl) => methods !== undefined && GRANT_CONTROLS[control].provenBy === 'methods';
  const held = Object.fromEntries(
    GRANT_CONTROL_NAMES.map((control) => [
      control,
      satisfied.includes(control) || (isOpen || isTold(control) ? undefined : false),
    ]),
  );
  return {
    ...held,
    ...(methods === undefined ? {} : { authenticationMethodCombination: methods }),
    ...(isOpen ? {} : { termsOfUseAccepted: [], customAuthenticationFactors: [] }),
  };
}

/** `attribute=value`; `true` and `false` are truth values. Without any the device is unregistered; `unknown` leaves that open. */
function deviceOf(attributes: readonly string[] | undefined): SignInAttempt['device'] {
  if (attributes === undefined) return null;
  if (attributes.length === 1 && attributes[0] === 'unknown') return undefined;
  return Object.fromEntries(
    attributes.map((text) => {
      const at = text.indexOf('=');
      if (at <= 0)
        throw new GsaError('usage', `\`${text}\` is not attribute=value`, {
          hint: 'such as --device trustType=AzureAD --device isCompliant=true',
        });
      const value = text.slice(at + 1);
      return [text.slice(0, at), value === 'true' ? true : value === 'false' ? false : value];
    }),
  );
}
