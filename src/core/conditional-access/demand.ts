import type { CompiledStrength } from './grant/authentication-strength.ts';

/** A control as far as it tells who satisfies it. */
export interface AskedControl {
  /** Graph's name (`mfa`, `block`, …), an agreement id, a custom factor id or `authenticationStrength`. */
  readonly control: string;
  readonly displayName: string;
  /** How a control that we do not know is written, where it is more than a name. */
  readonly text?: string;
  /** What it asks of the methods used. */
  readonly strength?: CompiledStrength;
}

/**
 * One thing that a policy asks for: a limit of the session, or controls of which one is enough. Of one text there is one, whichever policy
 * asks for it: the same demand of another policy protects as well.
 */
export interface Demand {
  readonly text: string;
  /** None: a limit of the session. */
  readonly controls: readonly AskedControl[];
  /** Nobody says whether it is asked for. */
  readonly isOpen: boolean;
}
