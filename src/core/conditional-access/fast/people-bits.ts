import { isWhollyKnown } from '../../tenant/membership.ts';
import type { CompiledTenant } from '../compile.ts';
import type { NamedPeople, NamedPrincipal } from '../facts/facts.ts';
import type { Subject } from '../facts/subject.ts';
import { emptyMask, isSet, set } from './bitset.ts';

/** The policies whose lists name a principal. */
interface Naming {
  readonly included: Uint32Array;
  readonly excluded: Uint32Array;
}

/**
 * The policies that name people by ids and groups alone, turned round: from whom they name to the policies. Of a company's many people
 * each is in a few groups, so that it is quicker to gather what their groups say than to ask every policy.
 */
export class PeopleBits {
  readonly #policies: number;
  readonly #everybody: Naming;
  readonly #users = new Map<string, Naming>();
  readonly #groups = new Map<string, Naming>();
  /** The policies that are answered here: no list of theirs leaves anything unknown. */
  readonly #answered: Uint32Array;
  readonly #included: Uint32Array;
  readonly #excluded: Uint32Array;

  constructor({ policies, people }: CompiledTenant) {
    this.#policies = policies.length;
    this.#everybody = this.#naming();
    this.#answered = emptyMask(policies.length);
    this.#included = emptyMask(policies.length);
    this.#excluded = emptyMask(policies.length);
    const isKnown = (one: NamedPrincipal) => one.kind !== 'group' || isWhollyKnown(people.memberships.index, one.id);
    for (const [at, { mode, conditions }] of policies.entries()) {
      const [one, ...more] = conditions.filter(({ slot }) => slot === 'identity');
      const named = one?.people;
      if (mode === 'disabled' || more.length > 0 || named === undefined) continue;
      if ([...named.includes, ...named.excludes].every(isKnown)) this.#add(at, named);
    }
  }

  isAnswered(at: number): boolean {
    return isSet(this.#answered, at);
  }

  /** The policies among those that are answered here that surely reach the subject; `undefined`: ask each policy. */
  reaching(subject: Subject): Uint32Array | undefined {
    if (subject.kind !== 'user' || subject.id === undefined || subject.isAgent === true) return undefined;
    if (subject.memberships === undefined) return undefined;
    this.#included.set(this.#everybody.included);
    this.#excluded.set(this.#everybody.excluded);
    this.#gather(this.#users.get(subject.id));
    for (const group of subject.memberships.groups()) this.#gather(this.#groups.get(group));
    for (let at = 0; at < this.#included.length; at++) {
      this.#included[at] = (this.#included[at] as number) & ~(this.#excluded[at] as number);
    }
    return this.#included;
  }

  #gather(naming: Naming | undefined): void {
    if (naming === undefined) return;
    for (let at = 0; at < this.#included.length; at++) {
      this.#included[at] = (this.#included[at] as number) | (naming.included[at] as number);
      this.#excluded[at] = (this.#excluded[at] as number) | (naming.excluded[at] as number);
    }
  }

  #add(at: number, { includes, excludes }: NamedPeople): void {
    set(this.#answered, at);
    for (const one of includes) set(this.#namingOf(one).included, at);
    for (const one of excludes) set(this.#namingOf(one).excluded, at);
  }

  #namingOf(one: NamedPrincipal): Naming {
    if (one.kind === 'everybody') return this.#everybody;
    const all = one.kind === 'user' ? this.#users : this.#groups;
    const naming = all.get(one.id) ?? this.#naming();
    all.set(one.id, naming);
    return naming;
  }

  #naming(): Naming {
    return { included: emptyMask(this.#policies), excluded: emptyMask(this.#policies) };
  }
}
