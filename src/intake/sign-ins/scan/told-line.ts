import type { SignIn } from '../../../core/conditional-access/record/sign-in.ts';
import type { ToldSignIn } from '../../types.ts';
import type { FactMemory } from './fact-memory.ts';
import type { NumberedSignIn } from './part-reader.ts';

/** What is counted and compared of a line that was scanned: each member is read when it is asked for, and `null` where there is none. */
export class ToldLine implements Required<ToldSignIn> {
  readonly #line: Pick<SignIn, 'id' | 'createdDateTime'>;
  readonly #facts: FactMemory;
  readonly #numbered: NumberedSignIn;

  constructor(line: Pick<SignIn, 'id' | 'createdDateTime'>, facts: FactMemory, numbered: NumberedSignIn) {
    this.#line = line;
    this.#facts = facts;
    this.#numbered = numbered;
  }

  get id() {
    return this.#line.id;
  }

  get createdDateTime() {
    return this.#line.createdDateTime;
  }

  get appId() {
    return this.#facts.application(this.#numbered).appId ?? null;
  }

  get appDisplayName() {
    return this.#facts.application(this.#numbered).appDisplayName ?? null;
  }

  get resourceId() {
    return this.#facts.application(this.#numbered).resourceId ?? null;
  }

  get resourceDisplayName() {
    return this.#facts.application(this.#numbered).resourceDisplayName ?? null;
  }

  get signInEventTypes() {
    return this.#facts.kind(this.#numbered).signInEventTypes ?? null;
  }

  get isInteractive() {
    return this.#facts.kind(this.#numbered).isInteractive ?? null;
  }

  get servicePrincipalName() {
    return this.#facts.names(this.#numbered).servicePrincipalName ?? null;
  }

  get userDisplayName() {
    return this.#facts.names(this.#numbered).userDisplayName ?? null;
  }

  get ipAddress() {
    return this.#facts.address(this.#numbered).ipAddress ?? null;
  }

  get appliedConditionalAccessPolicies() {
    return this.#facts.applied(this.#numbered).appliedConditionalAccessPolicies ?? null;
  }
}
