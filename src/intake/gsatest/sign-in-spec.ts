import { UNSAID_ATTRIBUTES } from '../../core/graph/device-attributes.ts';
import type { SignInFacts } from '../../core/graph/sign-in-facts.ts';
import { FACT_NAMES, factNamed } from '../../core/graph/sign-in-facts.ts';
import type { TransferMethod } from '../../core/graph/words.ts';
import type { PlainFacts, SignInSpec } from '../../core/gsatest/suite.ts';
import type { Device } from '../../core/signaling/attempt.ts';
import { deviceOf } from '../sign-ins/facts/device-of.ts';
import { clientAppTypeOf, platformOf } from '../sign-ins/facts/to-attempt.ts';
import type { SignInText } from './schema-sign-in.ts';
import { ACTION_WORDS, VIA_WORDS } from './schema-sign-in.ts';

/** Ours and Graph's words for the same thing become one. */
export function signInSpec(text: SignInText): SignInSpec {
  return withoutAbsent({
    user: text.user ?? text.userPrincipalName ?? text.userId,
    servicePrincipal: text.servicePrincipal ?? text.servicePrincipalId,
    app: text.app ?? text.resourceId ?? text.resourceDisplayName,
    userAction: text.userAction === undefined ? undefined : ACTION_WORDS[text.userAction],
    authenticationContext: text.authenticationContext,
    from: text.from ?? text.ipAddress,
    country: text.country === undefined ? text.location?.countryOrRegion : text.country,
    path: text.path,
    via: text.via === undefined ? undefined : VIA_WORDS[text.via],
    externalUserType: text.externalUserType,
    homeTenantId: text.homeTenantId,
    satisfied: text.satisfied,
    facts: factsOf(text),
  });
}

function factsOf(text: SignInText): PlainFacts {
  return withoutAbsent({
    ...wordsOf(text),
    device: text.device === undefined ? deviceOf(text.deviceDetail) : wholeDevice(text.device),
    gpsCountryOrRegion: text.gpsCountryOrRegion,
    insideCorporateNetwork: text.insideCorporateNetwork,
    canPerformMfa: text.canPerformMfa,
  });
}

/**
 * The words of a sign-in as facts. Of members that say the same, the fact itself counts, then the words of the sign-in log, then
 * a fact from which it follows.
 */
function wordsOf(text: SignInText): SignInFacts {
  const said = new Map<string, unknown>(Object.entries(text));
  const logged: SignInFacts = {
    clientAppType: clientAppTypeOf(text.clientAppUsed),
    devicePlatform: platformOf(text.deviceDetail),
    authenticationFlow: flowOf(text.authenticationProtocol),
  };
  return Object.fromEntries(
    FACT_NAMES.map((fact) => {
      const { alias, follows } = factNamed(fact);
      const sources = [said.get(fact), said.get(alias ?? ''), logged[fact], said.get(follows ?? '')];
      return [fact, sources.find((word) => word !== undefined)];
    }),
  );
}

function flowOf(protocol: SignInText['authenticationProtocol']): TransferMethod | undefined {
  return protocol === 'deviceCode' ? 'deviceCodeFlow' : protocol;
}

/** A device that is described is described in full, as in Graph's what-if. */
function wholeDevice(device: NonNullable<SignInText['device']> | null): Device | null {
  if (device === null) return null;
  return { ...UNSAID_ATTRIBUTES, ...device };
}

/** Absent members stay absent, so that what a file says for all tests is not overwritten by nothing. */
function withoutAbsent<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
