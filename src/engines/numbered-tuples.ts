import type { FactClasses } from '../core/fact-keys/fact-classes.ts';
import type { GroupName } from './fact-columns.ts';
import type { ClassTables, Tuple } from './fact-engine.ts';
import { unlisted } from './incomplete.ts';
import { classOfTuple, MISREAD } from './tuple-classes.ts';
import { noPeople } from './weights.ts';

interface Numbered {
  readonly classes: Map<string, number>;
  readonly values: Map<string, Tuple['values']>;
}

/** The tuples of all groups by their name, with the number of their class. */
export class NumberedTuples {
  readonly #classes: FactClasses;
  readonly #proxyCountry: string | undefined;
  readonly #groups = new Map<GroupName, Numbered>();

  constructor(classes: FactClasses, proxyCountry: string | undefined) {
    this.#classes = classes;
    this.#proxyCountry = proxyCountry;
  }

  /** Throws GsaError where records say of their people what cannot be read. */
  take(group: GroupName, tuples: readonly Tuple[]): void {
    const numbers = new Map<string, number>();
    const numbered: Numbered = { classes: new Map(), values: new Map() };
    for (const { name, values } of tuples) {
      if (numbered.values.has(name)) throw new Error(`two values of ${group} have one name`);
      const text = this.#classOf(group, values);
      if (group === 'people' && text === MISREAD) throw noPeople(values);
      const number = numbers.get(text) ?? numbers.size + 1;
      numbers.set(text, number);
      numbered.classes.set(name, number);
      numbered.values.set(name, values);
    }
    this.#groups.set(group, numbered);
  }

  tables(): ClassTables {
    const of = (group: GroupName) => this.#of(group).classes;
    return {
      person: of('person'),
      application: of('application'),
      device: of('device'),
      session: of('session'),
      testimony: of('testimony'),
      country: of('country'),
      people: of('people'),
    };
  }

  valuesOf(group: GroupName, name: string): Tuple['values'] {
    const values = this.#of(group).values.get(name);
    if (values === undefined) throw unlisted(group);
    return values;
  }

  /** A country that is assumed for the proxy may be the user's own as well. */
  #classOf(group: GroupName, values: Tuple['values']): string {
    const text = classOfTuple(group, values, this.#classes);
    if (group !== 'country' || this.#proxyCountry === undefined) return text;
    return `${text} ${values[0]?.toUpperCase() === this.#proxyCountry.toUpperCase()}`;
  }

  entries(group: GroupName): Iterable<readonly [name: string, values: Tuple['values']]> {
    return this.#of(group).values;
  }

  #of(group: GroupName): Numbered {
    const numbered = this.#groups.get(group);
    if (numbered === undefined) throw new Error(`${group} was not read`);
    return numbered;
  }
}
