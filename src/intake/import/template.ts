import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { membersOf } from '../json/pointer.ts';
import { isJsonObject } from '../json/value.ts';
import { quoted } from '../text/excerpt.ts';
import type { FileContents } from './contents.ts';
import { Cursor } from './findings.ts';
import type { FoundItem } from './items.ts';

/**
 * A Conditional Access template (Graph `conditionalAccessTemplate`: name, description, details) as the policy that
 * Microsoft Entra makes of it: by default in report-only (MicrosoftDocs, Conditional Access templates), with `templateId`.
 */
export function asPolicy(
  { value, source, pointer }: FoundItem,
  { findings, unknownMembers }: FileContents,
): { readonly value: JsonObject; readonly at: Cursor } {
  const { id, name, details, ...others } = value;
  const inside = isJsonObject(details) ? details : {};
  const policy = {
    ...others,
    ...inside,
    displayName: name,
    state: 'enabledForReportingButNotEnforced',
    templateId: id,
  };
  // Places are those of the template, where most members stand one level deeper.
  const place = (member: string) => {
    const [first = ''] = membersOf(member);
    if (member === '') return source.place(pointer);
    if (Object.hasOwn(inside, first)) return source.place(`${pointer}/details${member}`);
    return source.place(pointer + (first === 'displayName' ? '/name' : first === 'templateId' ? '/id' : member));
  };
  const at = new Cursor({ findings, source: { place }, unknown: unknownMembers }).item('policies');
  const shown = typeof name === 'string' ? quoted(name) : '';
  at.warning('template', `the template ${shown} was taken as a new policy in report-only, as Microsoft Entra makes it`);
  return { value: policy, at };
}
