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

const KINDS: ReadonlySet<string> = new Set(KIND_MEMBERS);
const APPLICATION_MEMBERS = ['appId', 'appDisplayName', 'resourceId', 'resourceDisplayName'];

/**
 * Parts of a record, by the members that each is read from. Those with the same values in all of them have one number, so that what
 * many records have in common is read once.
 */
export const RECORD_PARTS = {
  /** Of a person nobody asks with which application they sign in: one person is one part, and not one with each. */
  person: IDENTITY_MEMBERS.filter((name) => name !== 'appId'),
  who: IDENTITY_MEMBERS.filter((name) => name !== 'appId' && !KINDS.has(name)),
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
  kind: KIND_MEMBERS,
  /** Apart from how a sign-in came about, with which each would be another part. */
  names: GROUP_MEMBERS.filter((name) => !APPLICATION_MEMBERS.includes(name) && !KINDS.has(name)),
  /** What a log finds sign-ins by, beside the above; in parts, as records differ by one of them and not by all. */
  account: ['userPrincipalName', 'userId'],
  way: ['isThroughGlobalSecureAccess', 'clientAppUsed', 'signInEventTypes'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type RecordPart = keyof typeof RECORD_PARTS;
