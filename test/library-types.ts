// Compiles only where types/library.d.ts says what src/library.ts is: `node tools/write-library-types.mjs` writes it.
import type * as written from '../src/library.ts';
import type * as shipped from '../types/library.d.ts';

/** The same to the letter: of two types that can be assigned to each other, one may have more members that are optional. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type Library = Pick<typeof written, 'evaluate' | 'impact' | 'GsaError'>;
type Shipped = Pick<typeof shipped, 'evaluate' | 'impact' | 'GsaError'>;

export const isFresh: readonly [
  Same<Library, Shipped>,
  Same<written.Evaluation, shipped.Evaluation>,
  Same<written.Impact, shipped.Impact>,
  Same<written.SupposedSignIn, shipped.SupposedSignIn>,
  Same<written.ImpactQuestion, shipped.ImpactQuestion>,
  Same<written.Where, shipped.Where>,
] = [true, true, true, true, true, true];
