import { attributeNamed, UNSAID_ATTRIBUTES } from '../../graph/device-attributes.ts';
import type { FactName, SIGN_IN_FACTS, SignInFacts } from '../../graph/sign-in-facts.ts';
import { FACT_NAMES, factNamed } from '../../graph/sign-in-facts.ts';
import { EXTERNAL_USER_TYPES, USER_ACTIONS } from '../../graph/words.ts';
import type { Address } from '../../network/address.ts';
import { parseAddress } from '../../network/address.ts';
import type { Device, Identity, SignInAttempt, Target } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import { NOTHING_SEEN } from '../../signaling/observation.ts';
import { valueAt } from '../../values/value-at.ts';

/** The body of `POST /identity/conditionalAccess/evaluate` (CSDL-v1, G-EVAL); members not declared here are ignored. */
export interface WhatIfRequest {
  readonly signInIdentity?: WhatIfIdentity | null;
  readonly signInContext?: WhatIfContext | null;
  readonly signInConditions?: WhatIfConditions | null;
  readonly appliedPoliciesOnly?: boolean | null;
}

export interface WhatIfIdentity {
  readonly '@odata.type'?: string;
  readonly userId?: string | null;
  readonly externalTenantId?: string | null;
  readonly externalUserType?: string | null;
  readonly servicePrincipalId?: string | null;
}

export interface WhatIfContext {
  readonly '@odata.type'?: string;
  readonly includeApplications?: readonly string[] | null;
  readonly userAction?: string | null;
  readonly authenticationContextValue?: string | null;
}

export interface WhatIfConditions extends FactMembers {
  readonly ipAddress?: string | null;
  readonly country?: string | null;
  readonly deviceInfo?: { readonly [attribute: string]: unknown } | null;
  readonly authenticationFlow?: { readonly transferMethod?: string | null } | null;
}

type MemberOf<Pointer> = Pointer extends `/${string}/${string}`
  ? never
  : Pointer extends `/${infer Name}`
    ? Name
    : never;
type FactMembers = {
  readonly [Fact in FactName as MemberOf<(typeof SIGN_IN_FACTS)[Fact]['evaluate']>]?: string | null;
};

/** Facts that are members of the conditions themselves. */
export const FACT_MEMBERS: readonly string[] = FACT_NAMES.map((fact) => factNamed(fact).evaluate.slice(1)).filter(
  (member) => !member.includes('/'),
);

/** A request as the evaluator takes it. */
export interface WhatIfQuestion {
  readonly attempt: SignInAttempt;
  readonly observation: Observation;
}

/**
 * Reads Graph's body. Only what it says is known: address and country are separate inputs and neither is derived from the
 * other (G-EVAL), and conditions that are left out stay unknown.
 */
export function readWhatIfRequest(request: WhatIfRequest): WhatIfQuestion {
  const conditions = request.signInConditions ?? {};
  const address = parseAddress(conditions.ipAddress ?? '');
  const country = conditions.country ?? undefined;
  const attempt: SignInAttempt = {
    identity: identityOf(request.signInIdentity ?? {}),
    target: targetOf(request.signInContext ?? {}),
    network: { via: 'direct', source: { address, countryOrRegion: country } },
    ...factsOf(conditions),
    device: deviceOf(conditions.deviceInfo),
    satisfied: {},
  };
  return { attempt, observation: observationOf(address, country) };
}

/** The facts that are words of Graph's; another word is as good as none. */
function factsOf(conditions: WhatIfConditions): SignInFacts {
  return Object.fromEntries(
    FACT_NAMES.map((fact) => {
      const { evaluate, words } = factNamed(fact);
      const text = valueAt(conditions, evaluate);
      return [fact, typeof text === 'string' ? word(text, words) : undefined];
    }),
  );
}

function observationOf(ipAddress: Address | undefined, countryOrRegion: string | undefined): Observation {
  const seenAddress = ipAddress === undefined ? undefined : 'source';
  return { ...NOTHING_SEEN, ipAddress, seenAddress, countryOrRegion };
}

/** The known word that the text is in any case; `undefined` where it is left out or is none of them. */
function word<Word extends string>(text: string | null | undefined, words: readonly Word[]): Word | undefined {
  return words.find((known) => known.toLowerCase() === text?.toLowerCase());
}

function identityOf(identity: WhatIfIdentity): Identity {
  if (typeof identity.servicePrincipalId === 'string') {
    return { kind: 'servicePrincipal', servicePrincipalId: identity.servicePrincipalId };
  }
  return {
    kind: 'user',
    userId: identity.userId ?? undefined,
    externalUserType: word(identity.externalUserType, EXTERNAL_USER_TYPES),
    homeTenantId: identity.externalTenantId ?? undefined,
  };
}

function targetOf(context: WhatIfContext): Target {
  if (typeof context.userAction === 'string') {
    return { kind: 'userAction', userAction: userActionOf(context.userAction) };
  }
  if (typeof context.authenticationContextValue === 'string') {
    return {
      kind: 'authenticationContext',
      authenticationContext: context.authenticationContextValue,
      audiences: undefined,
    };
  }
  const applications = context.includeApplications ?? [];
  return {
    kind: 'application',
    audiences: applications.length === 0 ? undefined : applications.map((appId) => ({ appId })),
    authenticationContexts: [],
  };
}

function userActionOf(said: string): string {
  return USER_ACTIONS.find(({ evaluate }) => evaluate.toLowerCase() === said.toLowerCase())?.urn ?? said;
}

/** A device that is described is described in full: attributes left out are null (D-DEVF). */
function deviceOf(info: WhatIfConditions['deviceInfo']): Device | undefined {
  if (info === null || info === undefined) return undefined;
  const device: Record<string, string | boolean | readonly string[] | null> = { ...UNSAID_ATTRIBUTES };
  for (const [name, value] of Object.entries(info)) {
    const attribute = attributeNamed(name);
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) device[attribute] = value;
    else if (Array.isArray(value)) device[attribute] = value.map(String);
  }
  return device;
}
