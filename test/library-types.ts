// Compiles only where types/library.d.ts says what src/library.ts is: `node tools/write-library-types.mjs` writes it.
import type * as written from '../src/library.ts';
import type * as shipped from '../types/library.d.ts';

type Same<A, B> = [A, B] extends [B, A] ? true : false;

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
