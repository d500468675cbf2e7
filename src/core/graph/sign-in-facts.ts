import type { ConditionKind } from './conditions.ts';
import type { CONDITIONS } from './policy-members.ts';
import {
  AGENT_RISK_LEVELS,
  CLIENT_APP_TYPES,
  DEVICE_PLATFORMS,
  INSIDER_RISK_LEVELS,
  RISK_LEVELS,
  TRANSFER_METHODS,
} from './words.ts';

/**
 * Facts of a sign-in that are a word of Graph's, one row each: what an attempt, the evaluator's memory, `gsa whatif`, the body of
 * Graph's evaluate and a test file have of them.
 */

/** One fact: a row of {@link SIGN_IN_FACTS}. */
interface SignInFact {
  readonly words: readonly [string, ...string[]];
  /** May be known to be none of the words. */
  readonly nullable?: true;
  /** The part of the facts that it belongs to: conditions of one slot are judged once for equal parts. */
  readonly slot: string;
  /** A level that a policy lists, and nothing else about it; levels are sets, not thresholds (G-COND). */
  readonly level?: LevelCondition;
  /** JSON Pointer into `signInConditions` of Graph's evaluate. */
  readonly evaluate: string;
  /** The member of a sign-in record that says the same in the same words; a test file takes it too. */
  readonly alias?: string;
  /** A fact that says the same where this one is not said. */
  readonly follows?: 'authenticationFlow';
  /** What `gsa whatif` takes where nothing is said; left out: not known. */
  readonly supposed?: string;
  readonly option?: WhatIfOption;
}

/** The condition on a level: the member that lists it, its name in the log, and Graph's `conditionalAccessRule`. */
export interface LevelCondition {
  readonly member: keyof typeof CONDITIONS;
  readonly condition: ConditionKind;
  readonly rule: string;
}

/** An option of `gsa whatif`. */
interface WhatIfOption {
  readonly name: string;
  readonly value: string;
  readonly says: string;
  /** Words that are never supposed, with the choice that says the same, or `null`. */
  readonly without?: Readonly<Record<string, string | null>>;
}

export const SIGN_IN_FACTS = {
  clientAppType: {
    words: CLIENT_APP_TYPES,
    slot: 'clientType',
    evaluate: '/clientAppType',
    supposed: 'browser',
    option: {
      name: 'client-app-type',
      value: 'type',
      says: 'kind of client',
      without: { easSupported: 'exchangeActiveSync' },
    },
  },
  devicePlatform: {
    words: DEVICE_PLATFORMS,
    nullable: true,
    slot: 'devicePlatform',
    evaluate: '/devicePlatform',
    option: { name: 'platform', value: 'platform', says: 'device platform' },
  },
  signInRiskLevel: {
    words: RISK_LEVELS,
    slot: 'signInRisk',
    level: { member: 'signInRiskLevels', condition: 'signInRisk', rule: 'unknownFutureValue' },
    evaluate: '/signInRiskLevel',
    alias: 'riskLevelDuringSignIn',
    supposed: 'none',
    option: { name: 'sign-in-risk', value: 'level', says: 'sign-in risk', without: { hidden: null } },
  },
  userRiskLevel: {
    words: RISK_LEVELS,
    slot: 'userRisk',
    level: { member: 'userRiskLevels', condition: 'userRisk', rule: 'unknownFutureValue' },
    evaluate: '/userRiskLevel',
    supposed: 'none',
    option: { name: 'user-risk', value: 'level', says: 'user risk', without: { hidden: null } },
  },
  servicePrincipalRiskLevel: {
    words: RISK_LEVELS,
    slot: 'servicePrincipalRisk',
    level: {
      member: 'servicePrincipalRiskLevels',
      condition: 'servicePrincipalRisk',
      rule: 'unknownFutureValue',
    },
    evaluate: '/servicePrincipalRiskLevel',
    supposed: 'none',
  },
  insiderRiskLevel: {
    words: INSIDER_RISK_LEVELS,
    slot: 'insiderRisk',
    level: { member: 'insiderRiskLevels', condition: 'insiderRisk', rule: 'insiderRisk' },
    evaluate: '/insiderRiskLevel',
    supposed: 'none',
    option: { name: 'insider-risk', value: 'level', says: 'insider risk' },
  },
  agentIdRiskLevel: {
    words: AGENT_RISK_LEVELS,
    slot: 'agentIdRisk',
    level: { member: 'agentIdRiskLevels', condition: 'agentIdRisk', rule: 'unknownFutureValue' },
    evaluate: '/agentIdRiskLevel',
    supposed: 'none',
    option: { name: 'agent-risk', value: 'level', says: 'risk of the agent that signs in' },
  },
  authenticationFlow: {
    words: TRANSFER_METHODS,
    slot: 'authenticationFlows',
    evaluate: '/authenticationFlow/transferMethod',
    supposed: 'none',
    option: { name: 'flow', value: 'method', says: 'authentication flow' },
  },
  originalTransferMethod: {
    words: TRANSFER_METHODS,
    slot: 'authenticationFlows',
    // The body has one flow and no history of the session.
    evaluate: '/authenticationFlow/transferMethod',
    follows: 'authenticationFlow',
  },
} as const satisfies Readonly<Record<string, SignInFact>>;

export type FactName = keyof typeof SIGN_IN_FACTS;

export const FACT_NAMES = Object.keys(SIGN_IN_FACTS) as readonly FactName[];

export type WordOf<Fact extends FactName> = (typeof SIGN_IN_FACTS)[Fact]['words'][number];

/** What is known of a sign-in: `undefined` is not known, `null` known to be none of the words. */
export type SignInFacts = {
  readonly [Fact in FactName]?:
    | WordOf<Fact>
    | ((typeof SIGN_IN_FACTS)[Fact] extends { readonly nullable: true } ? null : never)
    | undefined;
};

/** The parts of the facts that these facts make up. */
export type FactSlot = (typeof SIGN_IN_FACTS)[FactName]['slot'];

export const FACT_SLOTS = [...new Set(FACT_NAMES.map((fact) => SIGN_IN_FACTS[fact].slot))] as readonly FactSlot[];

export function factsOfSlot(slot: FactSlot): readonly FactName[] {
  return FACT_NAMES.filter((fact) => SIGN_IN_FACTS[fact].slot === slot);
}

/** The choices of its option, `unknown` where something is supposed that can be left open; none without an option. */
export function choicesOf(fact: FactName): readonly string[] {
  const { option, words, supposed } = factNamed(fact);
  if (option === undefined) return [];
  const known = words.filter((word) => option.without?.[word] === undefined);
  return supposed === undefined ? known : [...known, 'unknown'];
}

/** The facts that an option of `gsa whatif` says, itself and those that follow it. */
export function factsSaidWith(fact: FactName): readonly FactName[] {
  return [fact, ...FACT_NAMES.filter((other) => factNamed(other).follows === fact)];
}

/** A fact that a policy lists the levels of. */
export interface Level {
  readonly fact: FactName;
  readonly slot: FactSlot;
  readonly level: LevelCondition;
}

/** Facts that policies list the levels of. */
export const LEVELS: readonly Level[] = FACT_NAMES.flatMap((fact) => {
  const row = SIGN_IN_FACTS[fact];
  return 'level' in row ? [{ fact, slot: row.slot, level: row.level }] : [];
});

/** The row with every member that a row may have. */
export function factNamed(fact: FactName): SignInFact {
  return SIGN_IN_FACTS[fact];
}
