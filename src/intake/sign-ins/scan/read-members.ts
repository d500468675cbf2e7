import { IDENTITY_MEMBERS } from '../facts/identity-of.ts';
import { NETWORK_MEMBERS } from '../facts/network-path-of.ts';
import { RECORD_PARTS } from './record-parts.ts';

/** The members that are read of a sign-in: those of its parts, and what is told of workloads and addresses besides. */
export const READ_MEMBERS: readonly string[] = [
  ...new Set<string>([...Object.values(RECORD_PARTS).flat(), ...IDENTITY_MEMBERS, ...NETWORK_MEMBERS]),
];
