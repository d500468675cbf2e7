import type { Audience, Target } from './attempt.ts';

export const RESOURCE_KINDS = [
  'entraId',
  'microsoftGraph',
  'sharePointOrExchange',
  'otherMicrosoft',
  'nonMicrosoftSaas',
  'privateApp',
] as const;

/** What a resource is to source IP restoration: each kind is one column of the IP matrix (SEED, FWD, ANCHOR). */
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/**
 * Well-known application ids of Microsoft, the same in every tenant. `otherMicrosoft` holds only applications whose endpoints
 * the Microsoft traffic profile carries; Azure, Power Platform and the like take other routes and stay unknown.
 */
const KINDS: ReadonlyMap<string, ResourceKind> = new Map<string, ResourceKind>([
  ['00000002-0000-0000-c000-000000000000', 'entraId'], // Windows Azure Active Directory (Azure AD Graph)
  ['00000003-0000-0000-c000-000000000000', 'microsoftGraph'], // Microsoft Graph
  ['00000002-0000-0ff1-ce00-000000000000', 'sharePointOrExchange'], // Office 365 Exchange Online
  ['00000003-0000-0ff1-ce00-000000000000', 'sharePointOrExchange'], // Office 365 SharePoint Online
  ['00000004-0000-0ff1-ce00-000000000000', 'otherMicrosoft'], // Skype for Business Online
  ['00000005-0000-0ff1-ce00-000000000000', 'otherMicrosoft'], // Viva Engage
  ['00000006-0000-0ff1-ce00-000000000000', 'otherMicrosoft'], // Microsoft Office 365 Portal
  ['cc15fd57-2c6c-4117-a88c-83b1d56b4bbe', 'otherMicrosoft'], // Microsoft Teams Services
  ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', 'otherMicrosoft'], // Microsoft Teams
  ['5e3ce6c0-2b1f-4285-8d4b-75ee78787346', 'otherMicrosoft'], // Microsoft Teams Web Client
  ['4765445b-32c6-49b0-83e6-1d93765276ca', 'otherMicrosoft'], // OfficeHome
  ['89bee1f7-5e6e-4d8a-9f3d-ecd601259da7', 'otherMicrosoft'], // Office365 Shell WCSS-Client
  ['c9a559d2-7aab-4f13-a6ed-e7e9c52aec87', 'otherMicrosoft'], // Microsoft Forms
  ['09abbdfd-ed23-44ee-a2d9-a627aa1c90f3', 'otherMicrosoft'], // Planner (ProjectWorkManagement)
  ['95de633a-083e-42f5-b444-a4295d8e9314', 'otherMicrosoft'], // Microsoft Whiteboard Services
]);

/** The kinds of what a sign-in asks for; `undefined` stands for a resource whose kind is not known. */
export function resourceKindsOf(target: Target): readonly (ResourceKind | undefined)[] {
  if (target.kind === 'userAction') return ['entraId'];
  if (target.audiences === undefined || target.audiences.length === 0) return [undefined];
  return target.audiences.map(resourceKindOf);
}

/** The kind of one resource by its application id; an id that is not listed is not known, never guessed. */
function resourceKindOf(audience: Audience): ResourceKind | undefined {
  return KINDS.get(audience.appId.toLowerCase());
}
