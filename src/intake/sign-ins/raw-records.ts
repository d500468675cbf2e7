import type { Place, ReadSignIn, SkippedSignIn } from '../types.ts';
import type { Members } from './facts/members.ts';
import type { PageNote } from './pages.ts';

/** A sign-in of which only what it is judged by was read; where it stands is said once that is known. */
export type UnplacedSignIn = Omit<ReadSignIn, 'place'> & { place: Place };

/** One record as its file has it, before it is known what it is; or what stands in its place. */
export type RawRecord =
  | { readonly kind: 'record'; readonly members: Members; readonly place: Place }
  /** One that was scanned; where it has `bytes`, good until the next batch. */
  | { readonly kind: 'quick'; readonly signIn: ReadSignIn }
  | { readonly kind: 'cells'; readonly cells: readonly string[]; readonly place: Place }
  | { readonly kind: 'skipped'; readonly skipped: SkippedSignIn }
  /** Something about the file that no record shows. */
  | { readonly kind: 'note'; readonly note: PageNote | undefined };

/**
 * The record in a form that is good for ever. What was scanned is good until the next lines are: then its bytes and its numbers
 * may be those of others. So it is read whole, as it would have been without the scan.
 */
export function lasting(raw: RawRecord): RawRecord {
  if (raw.kind !== 'quick' || raw.signIn.bytes === undefined) return raw;
  const { bytes, place } = raw.signIn;
  const { buffer, byteOffset, byteLength } = bytes;
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
  return { kind: 'record', members: JSON.parse(text) as Members, place };
}

export function skip(reason: string, message: string, place: Place): RawRecord {
  return { kind: 'skipped', skipped: { reason, message, place } };
}
