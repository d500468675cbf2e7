import type { Audience } from '../../signaling/attempt.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { isGuid } from '../../values/guid.ts';
import { nearNames } from '../../values/near-names.ts';
import type { NoApplication } from './application-words.ts';
import { wordOfPolicies } from './application-words.ts';
import { INTUNE, INTUNE_ENROLLMENT } from './well-known-applications.ts';

/** Microsoft's own applications that people call by name: the ids are the same in every tenant (D-APPS). */
const WELL_KNOWN: readonly (readonly [appId: string, displayName: string])[] = [
  ['00000002-0000-0ff1-ce00-000000000000', 'Office 365 Exchange Online'],
  ['00000003-0000-0ff1-ce00-000000000000', 'Office 365 SharePoint Online'],
  ['00000004-0000-0ff1-ce00-000000000000', 'Skype for Business Online'],
  ['00000005-0000-0ff1-ce00-000000000000', 'Viva Engage'],
  ['00000006-0000-0ff1-ce00-000000000000', 'Microsoft Office 365 Portal'],
  ['00000002-0000-0000-c000-000000000000', 'Windows Azure Active Directory'],
  ['00000003-0000-0000-c000-000000000000', 'Microsoft Graph'],
  ['797f4846-ba00-4fd7-ba43-dac1f8f63013', 'Windows Azure Service Management API'],
  ['c44b4083-3bb0-49c1-b47d-974e53cbdf3c', 'Azure Portal'],
  ['cc15fd57-2c6c-4117-a88c-83b1d56b4bbe', 'Microsoft Teams Services'],
  ['1fec8e78-bce4-4aaf-ab1b-5451cc387264', 'Microsoft Teams'],
  ['5e3ce6c0-2b1f-4285-8d4b-75ee78787346', 'Microsoft Teams Web Client'],
  ['4765445b-32c6-49b0-83e6-1d93765276ca', 'OfficeHome'],
  ['89bee1f7-5e6e-4d8a-9f3d-ecd601259da7', 'Office365 Shell WCSS-Client'],
  ['c9a559d2-7aab-4f13-a6ed-e7e9c52aec87', 'Microsoft Forms'],
  ['95de633a-083e-42f5-b444-a4295d8e9314', 'Microsoft Whiteboard Services'],
  ['22098786-6e16-43cc-a27d-191a01a1e3b5', 'Microsoft To-Do'],
  ['475226c6-020e-4fb2-8a90-7a972cbfc1d4', 'PowerApps Service'],
  ['0af06dc6-e4b5-4f28-818e-e78e62d137a5', 'Windows 365'],
  [INTUNE, 'Microsoft Intune'],
  [INTUNE_ENROLLMENT, 'Microsoft Intune Enrollment'],
  ['5926fc8e-304e-4f59-8bed-58ca97cc39a4', 'Microsoft Intune portal extension'],
  ['c08f52c9-8f03-4558-a0ea-9a4c878cf343', 'Microsoft apps with Global Secure Access'],
  ['5dc48733-b5df-475c-a49b-fa307ef00853', 'All internet resources with Global Secure Access'],
  ['e92b9b37-1b47-4c01-9fbc-91d84450870e', 'All private resources with Global Secure Access'],
];

export type FoundApplication =
  | { readonly found: Audience }
  | { readonly ambiguous: readonly string[] }
  | { readonly isNone: NoApplication }
  | { readonly near: readonly string[]; readonly partly: readonly Audience[] };

/**
 * A resource by application id, or by the name that the tenant or Microsoft gives it, in any case. Any id will do: a tenant
 * does not hold every application that its people reach. The tenant's own name for an id wins, and its own application over one of
 * Microsoft's that is called the same.
 */
export function findApplication(tenant: Tenant, text: string): FoundApplication {
  const wanted = text.trim().toLowerCase();
  const named = namedApplications(tenant);
  const byId = named.find(({ appId }) => appId.toLowerCase() === wanted);
  if (byId !== undefined) return { found: byId };
  if (isGuid(wanted)) return { found: { appId: text.trim() } };
  const called = named.filter(({ displayName }) => displayName.toLowerCase() === wanted);
  const own = called.filter(({ appId }) => isOwn(tenant, appId));
  const matches = own.length > 0 ? own : called;
  const [found] = matches;
  if (found === undefined) {
    const isNone = wordOfPolicies(tenant, text, named);
    if (isNone !== undefined) return { isNone };
    const near = nearNames(
      text,
      named.map(({ displayName }) => displayName),
    );
    return { near, partly: partlyNamed(named, wanted) };
  }
  return matches.length === 1 ? { found } : { ambiguous: matches.map(({ appId }) => appId) };
}

function isOwn({ servicePrincipals }: Tenant, appId: string): boolean {
  return (servicePrincipals ?? []).some((own) => own.appId === appId);
}

/** Applications whose name begins with a text; where there is none, those whose name holds it. */
function partlyNamed<T extends { readonly displayName: string }>(named: readonly T[], wanted: string): readonly T[] {
  if (wanted === '') return [];
  const names = named.map((each) => ({ each, name: each.displayName.toLowerCase() }));
  const beginning = names.filter(({ name }) => name.startsWith(wanted));
  return (beginning.length > 0 ? beginning : names.filter(({ name }) => name.includes(wanted))).map(({ each }) => each);
}

function namedApplications({ servicePrincipals }: Tenant): { appId: string; displayName: string }[] {
  const own = (servicePrincipals ?? []).flatMap(({ appId, displayName }) =>
    appId === undefined || displayName === undefined ? [] : [{ appId, displayName }],
  );
  const ids = new Set(own.map(({ appId }) => appId.toLowerCase()));
  const others = WELL_KNOWN.filter(([appId]) => !ids.has(appId));
  return [...own, ...others.map(([appId, displayName]) => ({ appId, displayName }))];
}

/** What people call the application; its id where it has no name. */
export function nameOfApplication(tenant: Tenant, { appId, displayName }: Audience): string {
  const id = appId.toLowerCase();
  return displayName ?? namedApplications(tenant).find((each) => each.appId.toLowerCase() === id)?.displayName ?? appId;
}
