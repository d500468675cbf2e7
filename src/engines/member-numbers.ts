import type { SignIn } from '../core/conditional-access/record/sign-in.ts';
import { ONE } from '../core/conditional-access/record/weight.ts';
import { SEVERAL } from '../core/impact/counted.ts';
import { applicationOf, userOf } from '../core/impact/groups.ts';
import { identityOf } from '../intake/sign-ins/facts/identity-of.ts';
import type { Members, People, Tuple } from './fact-engine.ts';
import type { NumberedTuples } from './numbered-tuples.ts';
import { peopleIn, recordOf } from './tuple-classes.ts';

/** Tuples of one person, or of one application, have one number: by the ids that impact tells them apart by. */
export function memberNumbers(tuples: NumberedTuples): Members {
  const people = new Numbers();
  const numbered = (group: keyof typeof IDS, numbers: Numbers) =>
    new Map([...tuples.entries(group)].map(([name, values]) => [name, numbers.of(IDS[group](values))]));
  return {
    person: numbered('person', people),
    application: numbered('application', new Numbers()),
    country: numbered('country', new Numbers()),
    people: peopleOf(tuples, people),
    several: people.of(SEVERAL.id),
  };
}

class Numbers {
  readonly #known = new Map<string, number>();

  of(id: string): number {
    const number = this.#known.get(id) ?? this.#known.size + 1;
    this.#known.set(id, number);
    return number;
  }
}

function peopleOf(tuples: NumberedTuples, numbers: Numbers): ReadonlyMap<string, People> {
  const found = new Map<string, People>();
  for (const [name, values] of tuples.entries('people')) {
    const { people, userCount = 1 } = peopleIn(values) ?? ONE;
    if (people === undefined && userCount === 1) continue;
    const named = people && [...new Set(people)].map((id) => numbers.of(id));
    const [only, ...others] = people ?? [];
    const isOne = userCount === 1 && only !== undefined && others.length === 0;
    const ofPerson = userCount === 1 && people === undefined ? 'always' : isOne ? numbers.of(only) : 'never';
    found.set(name, { named, ofPerson });
  }
  return found;
}

function personIdOf(values: Tuple['values']): string {
  return userOf(NOTHING, { identity: identityOf(recordOf('person', values)) }).id;
}

function applicationIdOf(values: Tuple['values']): string {
  return applicationOf({ ...NOTHING, ...recordOf('application', values) }).id;
}

/** Letter case does not count (network-path-of.ts). */
function countryIdOf([country = null]: Tuple['values']): string {
  return country?.toUpperCase() ?? '';
}

const IDS = { person: personIdOf, application: applicationIdOf, country: countryIdOf } as const;

const NOTHING: SignIn = { id: '', createdDateTime: '' };
