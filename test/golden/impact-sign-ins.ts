import { SAMPLE_USERS } from '../../src/core/tenant/sample/directory.ts';
import type { GeneratedSignIn } from '../support/generate-sign-ins.ts';
import { signIns } from '../support/generate-sign-ins.ts';

/** One generated sign-in of somebody at Contoso, with what the review needs of it beside the record. */
export interface ContosoSignIn {
  readonly record: GeneratedSignIn;
  /** Number of the user in the sample's directory, from 1. */
  readonly user: number;
  readonly place: keyof typeof PLACES;
  readonly application: keyof typeof APPLICATIONS;
  readonly isThrough: boolean;
  /** `undefined`: the record does not tell. */
  readonly mfa: boolean | undefined;
  readonly isCompliant: boolean;
  readonly isBrowser: boolean;
}

const CONTOSO = 'c0000000-0000-4000-8000-000000000001';
const FABRIKAM = 'c0000000-0000-4000-8000-000000000002';

/** Own addresses and their countries. */
const PLACES = {
  headquarters: ['203.0.113.', 'NL'],
  branch: ['198.51.100.', 'NL'],
  visitors: ['198.51.100.', 'NL'],
  home: ['192.0.2.', 'DE'],
  abroad: ['192.0.2.', 'FR'],
} as const;

const APPLICATIONS = {
  exchange: ['00000002-0000-0ff1-ce00-000000000000', 'Office 365 Exchange Online'],
  sharepoint: ['00000003-0000-0ff1-ce00-000000000000', 'Office 365 SharePoint Online'],
  graph: ['00000003-0000-0000-c000-000000000000', 'Microsoft Graph'],
  expenses: ['d0000000-0000-4000-8000-000000000001', 'Contoso Expenses'],
} as const;

const placeNames = Object.keys(PLACES) as (keyof typeof PLACES)[];
const applicationNames = Object.keys(APPLICATIONS) as (keyof typeof APPLICATIONS)[];

/** The sample tenant's people, at work, from everywhere, most of them through Global Secure Access with signaling on. */
export function contosoSignIns(count: number): readonly ContosoSignIn[] {
  return signIns(count, { seed: 6, users: 1, throughGsa: 0.8 }).map((generated, number) => {
    const user = 1 + ((number * 7) % SAMPLE_USERS.length);
    const place = placeNames[(number * 5 + Math.floor(number / 19)) % placeNames.length] ?? 'headquarters';
    const application = applicationNames[(number + Math.floor(number / 7)) % applicationNames.length] ?? 'exchange';
    const [prefix, countryOrRegion] = PLACES[place];
    const last = place === 'visitors' ? 192 + (number % 32) : 1 + (number % 120);
    const [resourceId, resourceDisplayName] = APPLICATIONS[application];
    const directory = SAMPLE_USERS[user - 1];
    const isGuest = directory?.userType === 'Guest';
    const isThrough = generated['isThroughGlobalSecureAccess'] === true;
    const mfa = generated['authenticationRequirement'] === 'multiFactorAuthentication' ? true : undefined;
    const { isCompliant } = generated['deviceDetail'] as { isCompliant?: boolean };
    const record: GeneratedSignIn = {
      ...generated,
      userId: directory?.id,
      userPrincipalName: directory?.userPrincipalName,
      userDisplayName: directory?.displayName,
      userType: isGuest ? 'guest' : 'member',
      crossTenantAccessType: isGuest ? 'b2bCollaboration' : 'none',
      homeTenantId: isGuest ? FABRIKAM : CONTOSO,
      resourceTenantId: CONTOSO,
      resourceId,
      resourceDisplayName,
      conditionalAccessAudiences: [resourceId],
      ipAddress: `${prefix}${last}`,
      location: { city: '', state: '', countryOrRegion },
      // The generator's policy is nobody's: these records say nothing of policies.
      appliedConditionalAccessPolicies: [],
      conditionalAccessStatus: 'success',
      status: mfa === true ? { errorCode: 0, additionalDetails: 'MFA requirement satisfied by claim in the token' } : { errorCode: 0 },
    };
    const isBrowser = generated['clientAppUsed'] === 'Browser';
    return { record, user, place, application, isThrough, mfa, isCompliant: isCompliant === true, isBrowser };
  });
}
