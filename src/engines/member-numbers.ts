import type { SignIn } from '../core/conditional-access/record/sign-in.ts';
import { applicationOf, userOf } from '../core/impact/groups.ts';
import { identityOf } from '../intake/sign-ins/facts/identity-of.ts';
import type { Members, Tuple } from './fact-engine.ts';
import type { NumberedTuples } from './numbered-tuples.ts';
import { recordOf } from './tuple-classes.ts';

/** Tuples of one person, or of one application, have one number: by the ids that impact tells them apart by. */
export function memberNumbers(tuples: NumberedTuples, group: keyof Members): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  return new Map(
    [...tuples.entries(group)].map(([name, values]) => {
      const id = IDS[group](values);
      const number = numbers.get(id) ?? numbers.size + 1;
      numbers.set(id, number);
      return [name, number];
    }),
  );
}

function personIdOf(values: Tuple['values']): string {
  const identity = identityOf(recordOf('person', values));
  return userOf(NOTHING, {
    identity,
    target: { kind: 'application', audiences: undefined },
    network: { via: undefined, source: {} },
    satisfied: {},
  }).id;
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
