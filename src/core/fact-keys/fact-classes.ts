import type { CompiledTenant } from '../conditional-access/compile.ts';
import type { Slot } from '../conditional-access/facts/facts.ts';
import { isForActiveSync, isLegacyClient } from '../conditional-access/facts/legacy-client.ts';
import { holdsCountry } from '../conditional-access/facts/located.ts';
import { resolveSubject } from '../conditional-access/facts/subject.ts';
import { AGENT_TOKEN_EXCHANGE } from '../conditional-access/facts/well-known-applications.ts';
import { widening } from '../conditional-access/fast/same-parts.ts';
import type { SlotAnswer } from '../conditional-access/fast/slot-bits.ts';
import { compileSlots } from '../conditional-access/fast/slot-bits.ts';
import {
  askedControls,
  isDeviceCodeFlow,
  isIntuneEnrollment,
  TOKEN_PROTECTION,
} from '../conditional-access/grant/controls.ts';
import { whyUnreached } from '../conditional-access/record/reach.ts';
import type { AppliedConditionalAccessPolicy } from '../conditional-access/record/sign-in.ts';
import type { ClientAppType } from '../graph/words.ts';
import type { Identity, SignInAttempt, Target } from '../signaling/attempt.ts';
import { NOTHING_TOLD } from '../signaling/attempt.ts';
import { NOTHING_SEEN } from '../signaling/observation.ts';
import { resourceKindsOf } from '../signaling/resource-kind.ts';

/** What a sign-in says of the device and of the platform. */
export type DeviceFacts = Pick<SignInAttempt, 'device' | 'devicePlatform' | 'satisfied'>;

/** What it says of the session: everything that is neither who, nor what for, nor with what, nor where from. */
export type SessionFacts = Pick<
  SignInAttempt,
  | 'clientAppType'
  | 'signInRiskLevel'
  | 'authenticationFlow'
  | 'originalTransferMethod'
  | 'isSessionBound'
  | 'satisfied'
  | 'refusedControl'
  | 'reach'
>;

/**
 * What the policies of all tenants that are compared can tell of each part of a sign-in, as a text: parts of one text are of one
 * class. A part is read into its class by the evaluator's own conditions, so that no rule stands here a second time; what no
 * policy looks at is in no class.
 */
export class FactClasses {
  readonly #tenants: readonly CompiledTenant[];
  readonly #slots: readonly ReadonlyMap<Slot, (judged: Judged) => SlotAnswer>[];
  readonly #hasAgents: boolean;
  readonly #hasTokenProtection: boolean;
  readonly #clients: readonly (ClientAppType | undefined)[];
  readonly #numbers = new WeakMap<object, number>();
  readonly #people = new Map<string, string>();
  #next = 1;

  constructor(tenants: readonly CompiledTenant[]) {
    this.#tenants = tenants;
    this.#slots = tenants.map(compileSlots);
    this.#hasAgents = tenants.some(({ people }) => people.hasAgents);
    this.#hasTokenProtection = tenants.some(({ policies }) =>
      policies.some(({ grant }) => askedControls(grant).includes(TOKEN_PROTECTION)),
    );
    // A policy for Exchange ActiveSync may reach more people by such a client (conditions/identity.ts).
    const isAsked = tenants.some(({ tenant }) =>
      tenant.policies.some(({ conditions }) => isForActiveSync(conditions) !== false),
    );
    this.#clients = isAsked ? [undefined, 'browser', 'exchangeActiveSync'] : [undefined];
  }

  /** Whether any policy has a condition of the slot. */
  uses(slot: Slot): boolean {
    return this.#slots.some((slots) => slots.has(slot));
  }

  /** One person stands in many combinations with what is said besides. */
  person(identity: Identity): string {
    const key = JSON.stringify(identity);
    const known = this.#people.get(key) ?? this.#classOfPerson(identity);
    this.#people.set(key, known);
    return known;
  }

  #classOfPerson(identity: Identity): string {
    const said = identity.kind === 'user' ? saidOfPerson(identity) : [identity.isAgent];
    const known = this.#tenants.map(({ people }) => {
      const subject = resolveSubject(people, identity);
      return subject.kind === 'user' ? [subject.types, subject.homeTenantId, subject.isAgent] : [subject.isAgent];
    });
    const variants =
      this.#hasAgents && identity.isAgent !== true ? [identity, { ...identity, isAgent: true }] : [identity];
    const answers = variants.flatMap((variant) =>
      this.#clients.flatMap((clientAppType) => this.#answers('identity', { identity: variant, clientAppType })),
    );
    return JSON.stringify([identity.kind, said, known, answers]);
  }

  application(target: Target): string {
    const audiences = target.kind === 'userAction' ? undefined : target.audiences;
    const isExchange = audiences?.every(({ appId }) => appId.toLowerCase() === AGENT_TOKEN_EXCHANGE);
    const kinds = [...new Set(resourceKindsOf(target).map((kind) => kind ?? 'any'))].sort();
    const answers = this.#answers('application', { target });
    return JSON.stringify([
      target.kind,
      audiences?.length === 0,
      kinds,
      isIntuneEnrollment(target),
      isExchange,
      answers,
    ]);
  }

  device({ device, devicePlatform, satisfied }: DeviceFacts): string {
    const claims = [satisfied.compliantDevice, satisfied.domainJoinedDevice].map(said);
    const known = device === undefined ? 'unknown' : device === null ? 'none' : 'one';
    const attributes = device === undefined || device === null ? [] : [device['isCompliant'], device['trustType']];
    const platform = this.#answers('devicePlatform', { devicePlatform });
    // What another tenant's device claims may not be trusted: then the filter has the attributes alone.
    const answers = [satisfied, {}].flatMap((claimed) => this.#answers('device', { device, satisfied: claimed }));
    return JSON.stringify([known, claims, attributes.map(said), platform, answers]);
  }

  session(facts: SessionFacts): string {
    const { clientAppType, satisfied, reach } = facts;
    const why = this.#tenants.map(({ tenant }) => whyUnreached(tenant.tenantId, { ...NOTHING_TOLD, reach }) ?? null);
    const risk = this.uses('signInRisk') ? said(facts.signInRiskLevel) : null;
    const flows = this.uses('authenticationFlows')
      ? [said(facts.authenticationFlow), said(facts.originalTransferMethod)]
      : null;
    // A control on a device is satisfied in no device code flow, whether a policy asks for the flow or not.
    const device = [isDeviceCodeFlow(facts), said(facts.refusedControl)];
    const proven = [said(satisfied.mfa), ...device, said(reach?.outcome)];
    return JSON.stringify([this.#client(clientAppType), this.#binding(facts), ...proven, risk, flows, why]);
  }

  /** A client is asked for by policies, by the conditions on people, and by all controls, which a legacy one cannot answer. */
  #client(clientAppType: ClientAppType | undefined): unknown {
    const isActiveSync = widening({ clientAppType });
    return [said(isActiveSync), isLegacyClient(clientAppType), this.#answers('clientType', { clientAppType })];
  }

  /** Token protection asks whether the session is bound, and of some clients concludes it. */
  #binding({ isSessionBound, clientAppType }: SessionFacts): unknown {
    return this.#hasTokenProtection
      ? [said(isSessionBound), isSessionBound === undefined && clientAppType === 'mobileAppsAndDesktopClients']
      : null;
  }

  /** What a record says of policies is heard by the evaluator and compared by the self-check: all of that. */
  testimony(policies: readonly AppliedConditionalAccessPolicy[] | null | undefined): string {
    if (policies === null || policies === undefined) return 'none';
    return JSON.stringify(
      policies.map(({ id, displayName, result, conditionsSatisfied, conditionsNotSatisfied }) =>
        [id, displayName, result, conditionsSatisfied, conditionsNotSatisfied].map(said),
      ),
    );
  }

  /** By the named locations that hold the country in each tenant; a country that nobody tells is a class of its own. */
  country(country: string | undefined): string {
    if (country === undefined) return 'unknown';
    return this.#tenants
      .map(({ locations }) =>
        locations.list
          .filter(({ location }) => holdsCountry(location, country, '').truth === true)
          .map(({ position }) => position)
          .join(),
      )
      .join(';');
  }

  /** Numbers of what the conditions of one slot say for all policies, one a tenant. */
  #answers(slot: Slot, part: Partial<SignInAttempt>): readonly number[] {
    const judged = { attempt: { ...NOTHING_TOLD, ...part }, observation: NOTHING_SEEN, holders: undefined };
    return this.#slots.flatMap((slots) => {
      const answer = slots.get(slot)?.(judged);
      return answer === undefined ? [] : [this.#numberOf(answer)];
    });
  }

  #numberOf(answer: object): number {
    const known = this.#numbers.get(answer) ?? this.#next++;
    this.#numbers.set(answer, known);
    return known;
  }
}

/** What of a person's own words more hangs on than the conditions on people: whose tunnel it is, and who may be an agent. */
function saidOfPerson(identity: Extract<Identity, { kind: 'user' }>): readonly unknown[] {
  const { externalUserType, isOfThisTenant, mayBeFromElsewhere, homeTenantId, isAgent } = identity;
  return [externalUserType, isOfThisTenant, mayBeFromElsewhere, homeTenantId?.toLowerCase(), isAgent];
}

type Judged = Parameters<NonNullable<ReturnType<ReturnType<typeof compileSlots>['get']>>>[0];

/** What is not known, told from what is known to be none. */
function said<Value>(value: Value | undefined): Value | 'unknown' {
  return value === undefined ? 'unknown' : value;
}
