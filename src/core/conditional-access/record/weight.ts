import type { SignIn } from './sign-in.ts';

/** A record of equal sign-ins: how many they are, and whose. */
export interface Weight {
  readonly signIns: number;
  /** Ids of the people (or workloads) that the record names; `undefined`: whoever its other members name. */
  readonly people: readonly string[] | undefined;
  /** How many people it stands for, named or not; `undefined`: those that it names. */
  readonly userCount: number | undefined;
}

/** What an ordinary record weighs. */
export const ONE: Weight = { signIns: 1, people: undefined, userCount: undefined };

/** Members by which a record stands for many; no export of Microsoft's has them. */
export const WEIGHT_MEMBERS = ['signInCount', 'userCount', 'userIds'] as const;

/** The weight of a record; `undefined` where a count is no number, so that it is not known what the record stands for. */
export function weightOf({ signInCount = 1, userCount, userIds }: SignIn): Weight | undefined {
  if (!isCount(signInCount) || !(userCount === undefined || isCount(userCount))) return undefined;
  return signInCount === 1 && userCount === undefined && userIds === undefined
    ? ONE
    : { signIns: signInCount, people: userIds ?? undefined, userCount };
}

/** Whether the record stands for more people than it names, so that they cannot be told from those of other records. */
export function hasUnnamedPeople({ people, userCount }: Weight): boolean {
  return userCount !== undefined && userCount > (people?.length ?? 1);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
