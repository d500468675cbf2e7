import { enforcesStrictLocation } from '../../conditional-access/grant/session-controls.ts';
import { SUPPOSED } from '../levels/people.ts';
import type { WorldPair } from '../worlds/world.ts';

/** What "every sign-in" leaves out, said with every answer. */
export interface LeftOut {
  readonly what: string;
  /** Names of the policies that it concerns; empty: it concerns no policy in particular. */
  readonly policies: readonly string[];
}

const ALWAYS: readonly string[] = [
  'agents of Microsoft Entra Agent ID',
  'one sign-in that asks for several resources at once',
  'addresses that the internet cannot see, such as 10.0.0.0/8',
  'sessions whose claims contradict the device record',
  'people who cannot do multifactor authentication, other than by B2B direct connect',
];

/** Names what the proof of these two worlds does not speak of. */
export function leftOut({ before, after }: WorldPair): LeftOut[] {
  const strict = [before, after].flatMap(({ tenant }) => tenant.policies).filter(enforcesStrictLocation);
  const users = [before, after].flatMap(({ tenant }) => tenant.users ?? []);
  const isSupposed = users.some(({ id }) => id.startsWith(SUPPOSED));
  const always = ALWAYS.map((what) => ({ what, policies: [] }));
  return [
    ...(strict.length === 0
      ? []
      : [
          {
            what: 'strict location enforcement: the address that the resource itself sees',
            policies: [...new Set(strict.map(({ displayName }) => displayName))],
          },
        ]),
    ...always,
    {
      what: isSupposed
        ? 'people who are in several of the named groups and roles at once'
        : 'people who are not in the directory yet',
      policies: [],
    },
  ];
}
