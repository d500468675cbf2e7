import type { SignIn } from '../core/conditional-access/record/sign-in.ts';
import type { Weight } from '../core/conditional-access/record/weight.ts';
import { hasUnnamedPeople } from '../core/conditional-access/record/weight.ts';
import type { FactClasses } from '../core/fact-keys/fact-classes.ts';
import { unreachable } from '../core/values/unreachable.ts';
import { identityOf } from '../intake/sign-ins/facts/identity-of.ts';
import type { Members } from '../intake/sign-ins/facts/members.ts';
import { isBlank, setMember } from '../intake/sign-ins/facts/members.ts';
import { reachOf } from '../intake/sign-ins/facts/reach-of.ts';
import { clientOf, deviceFactsOf, flowsOf, riskOf, sessionOf, targetOf } from '../intake/sign-ins/facts/to-attempt.ts';
import { weightIn } from '../intake/sign-ins/facts/weight-in.ts';
import { shapedMember } from '../intake/sign-ins/formats/graph-record.ts';
import type { GroupName } from './fact-columns.ts';
import type { Tuple } from './fact-engine.ts';
import { membersOf } from './record-of-tuples.ts';

type Values = Tuple['values'];

/** The class of the values of one group, as a text: the record's own readers read them, and the policies class what is read. */
export function classOfTuple(group: GroupName, values: Values, classes: FactClasses): string {
  const record = recordOf(group, values);
  switch (group) {
    case 'person':
      return `${hasSubject(record)} ${classes.person(identityOf(record))}`;
    case 'application':
      return `${hasApplication(record)} ${classes.application(targetOf(record))}`;
    case 'device': {
      const { device, platform, claims } = deviceFactsOf(record);
      return classes.device({ device, devicePlatform: platform, satisfied: claims });
    }
    case 'session':
      return sessionClass(record, classes);
    case 'testimony':
      return classes.testimony(record.appliedConditionalAccessPolicies);
    case 'country':
      return classes.country(countryOf(record));
    case 'people':
      return peopleClass(values);
    default:
      return unreachable(group);
  }
}

/** What a record is counted as hangs on whether it names all of its people; who they are is in no key. */
function peopleClass(values: Values): string {
  const weight = peopleIn(values);
  if (weight === undefined) return MISREAD;
  return hasUnnamedPeople(weight) ? 'unnamed' : 'named';
}

/** The class of what stands where people do, and tells of none. */
export const MISREAD = 'misread';

/** Whom a record stands for by the values of `people`; `undefined` where they are no count, or no list of ids. */
export function peopleIn(values: Values): Weight | undefined {
  return weightIn(membersOf({ people: values }), { id: '', createdDateTime: '', ...recordOf('people', values) });
}

function sessionClass(record: Partial<SignIn>, classes: FactClasses): string {
  const { mfa, refusedControl } = sessionOf(record);
  const facts = classes.session({
    clientAppType: clientOf(record),
    signInRiskLevel: riskOf(record),
    ...flowsOf(record),
    isSessionBound: deviceFactsOf(record).isSessionBound,
    satisfied: { mfa },
    refusedControl,
    reach: reachOf(record),
  });
  const { signInEventTypes, isInteractive, isThroughGlobalSecureAccess } = record;
  const kind = signInEventTypes?.length ? signInEventTypes.includes('nonInteractiveUser') : isInteractive === false;
  return `${kind} ${isThroughGlobalSecureAccess} ${facts}`;
}

/** The members in the form that finished records have. */
export function recordOf(group: GroupName, values: Values): Partial<SignIn> {
  const record: Members = {};
  for (const [name, value] of Object.entries(membersOf({ [group]: values }))) {
    const shaped = isBlank(value) ? undefined : shapedMember(name, value);
    if (!isBlank(shaped)) setMember(record, name, shaped);
  }
  return record;
}

/** A record that names nobody may be no sign-in at all. */
function hasSubject({ userId, userPrincipalName, servicePrincipalId }: Partial<SignIn>): boolean {
  return [userId, userPrincipalName, servicePrincipalId].some((id) => id !== undefined);
}

function hasApplication({ appId, appDisplayName }: Partial<SignIn>): boolean {
  return [appId, appDisplayName].some((id) => id !== undefined);
}

/** As the path of a sign-in takes it: two letters, and nothing else (network-path-of.ts). */
function countryOf({ location }: Partial<SignIn>): string | undefined {
  const country = location?.countryOrRegion;
  return typeof country === 'string' && /^[A-Za-z]{2}$/.test(country) ? country.toUpperCase() : undefined;
}
