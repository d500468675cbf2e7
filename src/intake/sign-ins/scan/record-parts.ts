import { GROUP_MEMBERS } from '../../../core/impact/groups.ts';
import { IDENTITY_MEMBERS, KIND_MEMBERS } from '../facts/identity-of.ts';
import { REACH_MEMBERS } from '../facts/reach-of.ts';
import { MFA_MEMBERS } from '../facts/satisfied-of.ts';
import {
  CLIENT_MEMBERS,
  DEVICE_MEMBERS,
  FLOW_MEMBERS,
  RISK_MEMBERS,
  TARGET_MEMBERS,
  TESTIMONY_MEMBERS,
} from '../facts/to-attempt.ts';
import { MARK_MEMBERS } from '../formats/graph-record.ts';

const ACCOUNT_MEMBERS = ['userPrincipalName', 'userId'];
const APPLICATION_MEMBERS = ['appId', 'appDisplayName', 'resourceId', 'resourceDisplayName'];

/** Of a person nobody asks with which application they sign in: one person is one part, and not one with each. */
const PERSON_MEMBERS = IDENTITY_MEMBERS.filter((name) => name !== 'appId');
const WHO_MEMBERS = without(PERSON_MEMBERS, KIND_MEMBERS);

/**
 * Parts of a record, by the members that each is read from. Those with the same values in all of them have one number, so that what
 * many records have in common is read once. A part that has all members of others before it is numbered by the numbers of these.
 */
export const RECORD_PARTS = {
  kind: KIND_MEMBERS,
  /** Of which tenant somebody is, and what for: the same for nearly everybody. */
  affiliation: without(WHO_MEMBERS, ACCOUNT_MEMBERS),
  account: ACCOUNT_MEMBERS,
  who: WHO_MEMBERS,
  person: PERSON_MEMBERS,
  target: TARGET_MEMBERS,
  client: CLIENT_MEMBERS,
  device: DEVICE_MEMBERS,
  risk: RISK_MEMBERS,
  flow: FLOW_MEMBERS,
  session: MFA_MEMBERS,
  testimony: TESTIMONY_MEMBERS,
  reach: REACH_MEMBERS,
  through: ['isThroughGlobalSecureAccess'],
  location: ['location'],
  marks: MARK_MEMBERS,
  application: APPLICATION_MEMBERS,
  /** Apart from how a sign-in came about, with which each would be another part. */
  names: without(GROUP_MEMBERS, [...APPLICATION_MEMBERS, ...KIND_MEMBERS]),
  /** What a log finds sign-ins by, beside the above; in parts, as records differ by one of them and not by all. */
  way: ['isThroughGlobalSecureAccess', 'clientAppUsed', 'signInEventTypes'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type RecordPart = keyof typeof RECORD_PARTS;

function without(members: readonly string[], others: readonly string[]): readonly string[] {
  return members.filter((name) => !others.includes(name));
}
