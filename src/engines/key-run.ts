import type { World } from '../core/impact/world.ts';
import type { AttemptFacts } from '../intake/sign-ins/facts/to-attempt.ts';

/** What is asked of an engine, and what is known besides. */
export interface KeyRun {
  readonly before: World;
  readonly after: World;
  /** What is known beside the records; a country database is asked address by address, which classes have not. */
  readonly facts: Pick<AttemptFacts, 'isEgress'>;
  readonly proxyCountry: string | undefined;
  readonly onStep: (step: string) => void;
  readonly interrupted: AbortSignal;
}
