import { SUBJECTS } from '../draft-of.ts';
import { READ_MEMBERS } from './read-members.ts';

/** The members of a sign-in that a scan finds: first those whose values have numbers. */
export const MEMBERS: readonly string[] = [
  ...new Set([...READ_MEMBERS, ...SUBJECTS, 'id', 'createdDateTime', 'correlationId']),
];
export const ID = MEMBERS.indexOf('id');
export const TIME = MEMBERS.indexOf('createdDateTime');
export const CORRELATION = MEMBERS.indexOf('correlationId');
/** Those of which a sign-in has one at least. */
export const SUBJECT_PLACES: readonly number[] = SUBJECTS.map((name) => MEMBERS.indexOf(name));
