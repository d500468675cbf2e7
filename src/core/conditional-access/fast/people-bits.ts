import type { GroupIndex } from '../../tenant/membership.ts';
import { isWhollyKnown, transitiveGroups } from '../../tenant/membership.ts';
import type { CompiledTenant } from '../compile.ts';
import type { NamedPeople, NamedPrincipal } from '../facts/facts.ts';
import type { Subject } from '../facts/subject.ts';
import { copy, emptyMask, isSet, set } from './bitset.ts';

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
  readonly #index: GroupIndex;
  readonly #everybody: Naming;
  readonly #users = new Map<string, Naming>();
  readonly #groups = new Map<string, Naming>();
  /** Of groups with what is said of those that hold them, as far as they were asked for. */
  readonly #throughGroups = new Map<string, Naming>();
  /** The policies that are answered here: no list of theirs leaves anything unknown. */
  readonly #answered: Uint32Array;
  /** Room for what is said of one subject. */
  readonly #gathered: Naming;

  constructor({ policies, people }: CompiledTenant) {
    this.#policies = policies.length;
    this.#everybody = this.#naming();
    this.#answered = emptyMask(policies.length);
    this.#gathered = this.#naming();
    this.#index = people.memberships.index;
    const isKnown = (one: NamedPrincipal) => one.kind !== 'group' || isWhollyKnown(this.#index, one.id);
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
    const { included, excluded } = this.#gathered;
    copy(included, this.#everybody.included);
    copy(excluded, this.#everybody.excluded);
    add(this.#gathered, this.#users.get(subject.id));
    const groups = this.#index.holders.of(subject.id);
    for (let at = 0; at < groups.length; at++) add(this.#gathered, this.#through(groups[at] as string));
    for (let at = 0; at < included.length; at++) {
      included[at] = (included[at] as number) & ~(excluded[at] as number);
    }
    return included;
  }

  /** What is said of a direct member of the group: by the group, and by all that hold it. */
  #through(group: string): Naming {
    const known = this.#throughGroups.get(group);
    if (known !== undefined) return known;
    const naming = this.#naming();
    for (const one of [group, ...transitiveGroups(this.#index, group)]) add(naming, this.#groups.get(one));
    this.#throughGroups.set(group, naming);
    return naming;
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

function add({ included, excluded }: Naming, more: Naming | undefined): void {
  if (more === undefined) return;
  for (let at = 0; at < included.length; at++) {
    included[at] = (included[at] as number) | (more.included[at] as number);
    excluded[at] = (excluded[at] as number) | (more.excluded[at] as number);
  }
}
