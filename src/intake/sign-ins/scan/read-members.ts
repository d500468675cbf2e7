import { GROUP_MEMBERS } from '../../../core/impact/groups.ts';
import { IDENTITY_MEMBERS } from '../facts/identity-of.ts';
import { NETWORK_MEMBERS } from '../facts/network-path-of.ts';
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

/** The members that evaluating a sign-in reads: those of the parts of an attempt. */
export const READ_MEMBERS: readonly string[] = [
  ...new Set([
    ...IDENTITY_MEMBERS,
    ...TARGET_MEMBERS,
    ...NETWORK_MEMBERS,
    ...CLIENT_MEMBERS,
    ...DEVICE_MEMBERS,
    ...RISK_MEMBERS,
    ...FLOW_MEMBERS,
    ...MFA_MEMBERS,
    ...TESTIMONY_MEMBERS,
    ...REACH_MEMBERS,
    ...MARK_MEMBERS,
    ...GROUP_MEMBERS,
  ]),
];
