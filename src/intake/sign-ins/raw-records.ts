import type { Place, ReadSignIn, SkippedSignIn } from '../types.ts';
import type { Members } from './facts/members.ts';
import type { PageNote } from './pages.ts';

/** A sign-in of which only what it is judged by was read; where it stands is said once that is known. */
export type UnplacedSignIn = Omit<ReadSignIn, 'place'> & { place: Place };

/** One record as its file has it, before it is known what it is; or what stands in its place. */
export type RawRecord =
  | { readonly kind: 'record'; readonly members: Members; readonly place: Place }
  | { readonly kind: 'quick'; readonly signIn: ReadSignIn }
  | { readonly kind: 'cells'; readonly cells: readonly string[]; readonly place: Place }
  | { readonly kind: 'skipped'; readonly skipped: SkippedSignIn }
  /** Something about the file that no record shows. */
  | { readonly kind: 'note'; readonly note: PageNote | undefined };

export function skip(reason: string, message: string, place: Place): RawRecord {
  return { kind: 'skipped', skipped: { reason, message, place } };
}
