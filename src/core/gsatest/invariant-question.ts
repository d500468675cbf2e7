import type { ResolvedRange } from './invariant-range.ts';
import type { Scene } from './scene.ts';
import type { SignInSpec } from './suite.ts';

/** What a statement is about: the sign-ins of a range, in a tenant, with what is said of all of them. */
export interface Asked {
  readonly scene: Scene;
  readonly spec: SignInSpec;
  readonly range: ResolvedRange;
}
