import type { RequestedContext } from '../../../core/signaling/attempt.ts';
import { isMembers, textOf } from './members.ts';

/**
 * What a record lists in `authenticationContextClassReferences` (GDOC authenticationcontext.md): authentication contexts, and other names
 * of the same claim, such as user actions. `required`: the sign-in had to meet it; `previouslySatisfied`: an earlier one had, and whether
 * policies were asked again is not said; `notApplicable`: it was not asked for. v1.0 has no such member, and an empty list says that there
 * is none.
 */
export function requestedContexts(references: unknown): readonly RequestedContext[] | undefined {
  if (!Array.isArray(references)) return undefined;
  const contexts: RequestedContext[] = [];
  for (const reference of references as readonly unknown[]) {
    const id = textOf(isMembers(reference) ? reference['id'] : reference);
    if (id === undefined) return undefined;
    const detail = isMembers(reference) ? textOf(reference['detail'])?.toLowerCase() : undefined;
    if (detail === 'notapplicable') continue;
    contexts.push({ id: id.toLowerCase(), isRequired: detail === 'required' ? true : undefined });
  }
  return contexts;
}
