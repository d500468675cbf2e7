import type { Audience, Target } from './attempt.ts';

export const RESOURCE_KINDS = [
  'entraId',
  'microsoftGraph',
  'sharePointOrExchange',
  'otherMicrosoft',
  'nonMicrosoftSaas',
  'privateApp',
] as const;

/** What a resource is to source IP restoration: each kind is one column of the IP matrix (reference §1.3). */
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Well-known application ids of Microsoft (the same in every tenant). */
const KINDS: ReadonlyMap<string, ResourceKind> = new Map<string, ResourceKind>([
  ['00000002-0000-0000-c000-000000000000', 'entraId'], // Windows Azure Active Directory (Azure AD Graph)
  ['00000003-0000-0000-c000-000000000000', 'microsoftGraph'],
  ['00000002-0000-0ff1-ce00-000000000000', 'sharePointOrExchange'], // Office 365 Exchange Online
  ['00000003-0000-0ff1-ce00-000000000000', 'sharePointOrExchange'], // Office 365 SharePoint Online
]);

/** The kinds of what a sign-in asks for; `undefined` stands for a resource whose kind is not known. */
export function resourceKindsOf(target: Target): readonly (ResourceKind | undefined)[] {
  if (target.kind === 'userAction') return ['entraId'];
  if (target.audiences === undefined || target.audiences.length === 0) return [undefined];
  return target.audiences.map(resourceKindOf);
}

/** The kind of one resource by its application id; an id that is not listed is not known, never guessed. */
export function resourceKindOf(audience: Audience): ResourceKind | undefined {
  return KINDS.get(audience.appId.toLowerCase());
}
