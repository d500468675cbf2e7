import { CONDITIONS } from '../../graph/policy-members.ts';
import type { ApplicationGroupName } from '../../tenant/directory.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { APPLICATION_GROUPS } from './application-groups.ts';

/** Why a text names no application, and what to name instead. */
export interface NoApplication {
  readonly message: string;
  readonly hint: string;
}

/** How many applications of a suite are named, so that one sees what is meant. */
const NAMED = 3;

/**
 * What is wrong with a word by which policies name applications, such as `Office365`, where one application is asked for. The
 * portal writes these words with spaces.
 */
export function wordOfPolicies(
  tenant: Tenant,
  text: string,
  named: readonly { readonly appId: string; readonly displayName: string }[],
): NoApplication | undefined {
  const wanted = text.replaceAll(' ', '').toLowerCase();
  const word = CONDITIONS.applications.members.includeApplications.words.find((each) => each.toLowerCase() === wanted);
  if (word === undefined) return undefined;
  if (!isSuite(word)) {
    return {
      message: `\`${word}\` is a word of policies, and no application that a sign-in asks for`,
      hint: 'name one application, by its name or its application id',
    };
  }
  const names = new Map(named.map(({ appId, displayName }) => [appId.toLowerCase(), displayName]));
  const ids = tenant.applicationGroups?.[word] ?? APPLICATION_GROUPS[word].appIds;
  const some = texts([...ids])
    .flatMap((id) => names.get(id.toLowerCase()) ?? [])
    .slice(0, NAMED)
    .map((name) => `\`${name}\``);
  return {
    message: `\`${word}\` is a suite of applications that policies name, and none that a sign-in asks for`,
    hint: `name one of its applications${some.length === 0 ? ' by its application id' : `, such as ${some.join(', ')}`}`,
  };
}

function isSuite(word: string): word is ApplicationGroupName {
  return Object.hasOwn(APPLICATION_GROUPS, word);
}
