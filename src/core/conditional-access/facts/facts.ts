import { FACT_SLOTS } from '../../graph/sign-in-facts.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';
import type { Observation } from '../../signaling/observation.ts';
import type { ConditionResult, Truth } from '../result.ts';
import type { SeenAddress } from './located.ts';
import type { Subject } from './subject.ts';

/** Everything a condition may look at: the attempt, what Entra sees of it, and what the tenant knows of both. */
export interface Facts {
  readonly attempt: SignInAttempt;
  readonly observation: Observation;
  readonly subject: Subject;
  readonly seen: SeenAddress;
  /** Judged as a resource does, which knows IP-based named locations and nothing else of the kind (D-CAE). */
  readonly atResource?: true;
}

/** A configured condition of one policy, prepared. */
export interface CompiledCondition {
  /** The part of the facts that it reads; conditions of one slot are judged once for equal parts (see decide.ts). */
  readonly slot: Slot;
  judge(facts: Facts): ConditionResult;
  /** The truth of `judge` alone, where it is much quicker to find than all that is to be said of it. */
  truth?(facts: Facts): Truth;
  /** Whom it names, where it asks of people for nothing but their ids and groups. */
  readonly people?: NamedPeople;
}

export interface NamedPeople {
  readonly includes: readonly NamedPrincipal[];
  readonly excludes: readonly NamedPrincipal[];
}

/** Everybody, or a user or a group by its id in lower case. */
export type NamedPrincipal = { readonly kind: 'everybody' } | { readonly kind: 'user' | 'group'; readonly id: string };

/** Parts of the facts; those in the middle are words of Graph's (graph/sign-in-facts.ts). */
export const SLOTS = ['application', 'identity', 'device', 'location', ...FACT_SLOTS, 'unmodelled'] as const;
export type Slot = (typeof SLOTS)[number];
