import { combinationOutside } from '../conditional-access/grant/authentication-strength.ts';
import { GRANT_CONTROL_NAMES, GRANT_CONTROLS } from '../graph/controls.ts';
import { factNamed, LEVELS } from '../graph/sign-in-facts.ts';
import type { DevicePlatform } from '../graph/words.ts';
import { CLIENT_APP_TYPES, DEVICE_PLATFORMS, startingWith, TRANSFER_METHODS, USER_ACTIONS } from '../graph/words.ts';
import type { Device, Satisfied, SignInAttempt, Target } from '../signaling/attempt.ts';
import { canBeId } from '../tenant/ids-of-lists.ts';
import { contextsOfPolicies, mayHaveListed } from '../tenant/lost-lists.ts';
import type { ConditionalAccessPolicy, ConditionSet } from '../tenant/policy.ts';
import { flags } from '../tenant/policy-words.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { valueAt } from '../values/value-at.ts';

/** The part of an attempt that is chosen to meet a policy; the network is what the switch is about. */
export type Circumstances = Omit<SignInAttempt, 'network' | 'identity' | 'target' | 'satisfied'>;

/** What the session proves: nothing; or a managed device in an approved application, which no prompt can give. */
export function sessionsFor({ grantControls }: ConditionalAccessPolicy): readonly Satisfied[] {
  const strength = grantControls?.authenticationStrength;
  // A strength whose combinations the tenant lacks is still known not to be met by a session without MFA (D-STR).
  const isOpen = strength !== null && strength !== undefined && (strength.allowedCombinations ?? []).length === 0;
  const combination = isOpen ? {} : { authenticationMethodCombination: combinationOutside(strength) };
  return [session(false), session(true)].map((satisfied) => ({ ...satisfied, ...combination }));
}

function session(isManaged: boolean): Satisfied {
  return {
    ...Object.fromEntries(
      GRANT_CONTROL_NAMES.map((control) => [control, isManaged && !GRANT_CONTROLS[control].interactive]),
    ),
    termsOfUseAccepted: [],
    customAuthenticationFactors: [],
  };
}

/** Tried in this order: modern clients first, because a legacy one is stopped by any requirement (D-COND). */
export const TRIED_CLIENTS = startingWith(CLIENT_APP_TYPES, 'browser', 'mobileAppsAndDesktopClients', 'other');

export const TRIED_PLATFORMS: readonly (DevicePlatform | null)[] = [
  ...startingWith(DEVICE_PLATFORMS, 'windows', 'iOS', 'android', 'macOS', 'linux'),
  null,
];

const GRAPH = { appId: '00000003-0000-0000-c000-000000000000', displayName: 'Microsoft Graph' };
const EXCHANGE = { appId: '00000002-0000-0ff1-ce00-000000000000', displayName: 'Office 365 Exchange Online' };
const SHAREPOINT = { appId: '00000003-0000-0ff1-ce00-000000000000', displayName: 'Office 365 SharePoint Online' };
const ADMIN_PORTAL = { appId: 'c44b4083-3bb0-49c1-b47d-974e53cbdf3c', displayName: 'Azure Portal' };
const OTHER = { appId: 'some-application', displayName: 'Some application' };

/** Resources that the policy may be about: those that it names, well-known ones, one that nobody names; then actions. */
export function supposedTargets({ conditions }: Pick<ConditionalAccessPolicy, 'conditions'>, tenant: Tenant): Target[] {
  const condition = conditions.applications;
  const named = (condition?.includeApplications ?? []).filter((value) => canBeId(tenant, 'applications', value));
  const listed = Object.values(tenant.applicationGroups ?? {}).flat();
  const audiences = [
    GRAPH,
    EXCHANGE,
    SHAREPOINT,
    OTHER,
    ADMIN_PORTAL,
    ...[...named, ...listed].map((appId) => ({ appId, displayName: appId })),
  ];
  const unique = new Map(audiences.map((audience) => [audience.appId.toLowerCase(), audience]));
  return [
    ...[...unique.values()].map(
      (audience): Target => ({ kind: 'application', audiences: [audience], authenticationContexts: [] }),
    ),
    ...actionsOf(conditions).map((userAction): Target => ({ kind: 'userAction', userAction })),
    ...contextsOfPolicies([{ conditions }]).map(
      (authenticationContext): Target => ({
        kind: 'authenticationContext',
        authenticationContext,
        audiences: [GRAPH],
      }),
    ),
  ];
}

/** The user actions that the policy names; those that are documented where an export lost the list (G-APPS). */
function actionsOf(conditions: ConditionSet): readonly string[] {
  return mayHaveListed(conditions, 'includeUserActions')
    ? USER_ACTIONS.map(({ urn }) => urn)
    : (conditions.applications?.includeUserActions ?? []);
}

/** A sign-in whose every circumstance is the first that the policy lists, and ordinary where it lists none. */
export function circumstancesFor({ conditions }: ConditionalAccessPolicy): Circumstances {
  return {
    clientAppType: 'browser',
    devicePlatform: 'windows',
    device: null,
    ...Object.fromEntries(
      LEVELS.map(({ fact, level }) => [
        fact,
        firstOf(factNamed(fact).words, flags(valueAt(conditions, `/${level.member}`))),
      ]),
    ),
    authenticationFlow: firstOf(TRANSFER_METHODS, flags(conditions.authenticationFlows?.transferMethods)),
    originalTransferMethod: 'none',
    gpsCountryOrRegion: null,
    insideCorporateNetwork: false,
    canPerformMfa: true,
  };
}

/** The value that the list names, the highest where it names several; the first, ordinary one where it names none. */
function firstOf<Value extends string>(
  known: readonly [Value, ...Value[]],
  list: readonly string[] | null | undefined,
): Value {
  const wanted = new Set((list ?? []).map((value) => value.toLowerCase()));
  return known.findLast((value) => wanted.has(value.toLowerCase())) ?? known[0];
}

/** Devices to try on a device condition: none registered, a managed one, and one made of what the rule itself compares with. */
export function supposedDevices(conditions: ConditionSet): (Device | null)[] {
  const rule = conditions.devices?.deviceFilter?.rule ?? '';
  const compared = [...rule.matchAll(/device\.(\w+)\s+-?(?:eq|startsWith|endsWith|contains)\s+"?([^"\s)]+)"?/gi)];
  const made: Device = Object.fromEntries(
    compared.map(([, attribute = '', value = '']) => [attribute, attributeValue(attribute, value)]),
  );
  return [null, MANAGED, { ...MANAGED, ...made }, made];
}

const MANAGED: Device = {
  isCompliant: true,
  trustType: 'AzureAD',
  deviceOwnership: 'Company',
  profileType: 'RegisteredDevice',
};
const COLLECTIONS: ReadonlySet<string> = new Set(['physicalids', 'systemlabels']);

function attributeValue(attribute: string, value: string): string | boolean | readonly string[] {
  if (attribute.toLowerCase() === 'iscompliant') return value.toLowerCase() === 'true';
  return COLLECTIONS.has(attribute.toLowerCase()) ? [value] : value;
}

/** A sign-in that lacks nothing but the way it travelled. */
export type Attempt = Omit<SignInAttempt, 'network'>;
