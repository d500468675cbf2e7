import type { CONDITIONS, GRANT, SESSION } from '../graph/policy-members.ts';
import type { ShapeOf } from '../graph/policy-shape.ts';

/**
 * Conditional Access policies in the shape Microsoft Graph gives them (`conditionalAccessPolicy`, beta names included).
 *
 * Every member is optional and may be `null`, because real exports leave members out; `null`, `[]` and a missing member
 * all mean "not configured" (D-NET, D-COND, D-TRB), but for lists that an export lost (lost-lists.ts). Members that are in no row of
 * graph/policy-members.ts stay on the object: a policy is stored exactly as it was imported.
 */

export interface ConditionalAccessPolicy {
  readonly id: string;
  readonly displayName: string;
  /** One of Graph's three (graph/words.ts); other text (such as `partiallyEnabled`, G-EVAL) is kept and makes the answer unknown. */
  readonly state: string;
  readonly createdDateTime?: string | null;
  readonly modifiedDateTime?: string | null;
  readonly deletedDateTime?: string | null;
  readonly conditions: ConditionSet;
  readonly grantControls?: GrantControls | null;
  readonly sessionControls?: SessionControls | null;
}

export type ConditionSet = ShapeOf<typeof CONDITIONS>;

export type UsersCondition = NonNullable<ConditionSet['users']>;
export type GuestsOrExternalUsers = NonNullable<UsersCondition['includeGuestsOrExternalUsers']>;
export type ClientApplicationsCondition = NonNullable<ConditionSet['clientApplications']>;

export type GrantControls = ShapeOf<typeof GRANT>;
export type AuthenticationStrength = NonNullable<GrantControls['authenticationStrength']>;
/** `conditionalAccessSessionControls`: each member `null` or an object, most with `isEnabled`. */
export type SessionControls = ShapeOf<typeof SESSION>;
