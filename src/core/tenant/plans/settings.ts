import { isSameJson } from '../../values/same-json.ts';
import type { User } from '../directory.ts';
import type { KnowableList } from '../knowledge.ts';
import { isListKnown, isMarked, LISTS_IN_WORDS, MARKS } from '../knowledge.ts';
import { MAXIMUM_MFA_TRUSTED_IPS } from '../limits.ts';
import type { ActingNetwork, ForwardingProfile, Tenant, TenantSettings } from '../tenant.ts';
import { defaultSignalingStatus } from '../tenant.ts';
import type { Activity, Plan, SettingName, SlotChange, Step } from './change.ts';
import { applyChanges } from './edit.ts';
import type { Planned } from './objects.ts';
import { asJson } from './slots.ts';

/** Settings of a tenant as an administrator sets them; what is absent stays, `null` is not known, none or off. */
export interface SettingsEdit {
  readonly signInLogDelayMinutes?: number;
  readonly signInLogRetentionDays?: number | null;
  readonly defaultAdministrator?: string | null;
  /** The tenant's own id, in place of one that was made up. */
  readonly tenantId?: string;
  /** The tenant's own creation date, in place of one that was made up. */
  readonly createdDateTime?: string;
  /** Members that are absent stay. */
  readonly actingNetwork?: { readonly [member in keyof ActingNetwork]?: ActingNetwork[member] | null };
  readonly entraIdPlan?: 'free' | 'P1' | 'P2' | null;
  readonly onboardingStatus?: string | null;
  /** `null`: not known; empty: none. */
  readonly mfaTrustedIps?: readonly string[] | null;
  /** `null`: the published ones. */
  readonly egressRanges?: readonly string[] | null;
  readonly baselineScopes?: TenantSettings['baselineScopes'] | null;
  readonly securityDefaults?: boolean | null;
  readonly restoresSharePointAndExchange?: boolean | null;
  readonly restoresForeignTunnels?: boolean | null;
  readonly microsoftTrafficProfile?: 'enabled' | 'disabled' | null;
  /** Lists of which the tenant has no more than the file holds. */
  readonly known?: readonly KnowableList[];
  /** Lists that may hold more than the file does, or that were never imported. */
  readonly notKnown?: readonly KnowableList[];
  /** Ids of all emergency access accounts; every other user loses the mark. */
  readonly emergencyAccess?: readonly string[];
}

/**
 * A step for each setting that becomes another. `newId` is for a forwarding profile that is not there yet. Refused: more MFA
 * trusted IPs than Microsoft Entra takes.
 */
export function planSettings(tenant: Tenant, edit: SettingsEdit, newId: string): Planned {
  if ((edit.mfaTrustedIps?.length ?? 0) > MAXIMUM_MFA_TRUSTED_IPS) {
    return { refused: `a tenant holds at most ${MAXIMUM_MFA_TRUSTED_IPS} MFA trusted IP ranges` };
  }
  const isForgotten = (list: KnowableList) => isMarked(list) || (list === 'groups' && tenant.groupsKnown === true);
  const filled = (edit.notKnown ?? []).find((list) => !isForgotten(list) && (tenant[list]?.length ?? 0) > 0);
  if (filled !== undefined) {
    const what = LISTS_IN_WORDS[filled].toLowerCase();
    return { refused: `the tenant file holds ${what}; a list is forgotten only where it is empty` };
  }
  if (
    edit.known?.includes('roleAssignments') &&
    (tenant.roleAssignments ?? []).length > 0 &&
    !isListKnown(tenant, 'roleAssignments')
  ) {
    return { refused: 'the tenant file holds eligible role assignments alone: import the active ones as well' };
  }
  const steps: Step[] = [];
  let current = tenant;
  for (const { activity, change } of changesOf(edit, newId)) {
    const changes = change(current).filter(({ before, after }) => !isSameJson(before, after));
    if (changes.length === 0) continue;
    steps.push({ activity: activity(current), changes });
    current = applyChanges(current, changes);
  }
  return { steps } satisfies Plan;
}

/** One setting: what its change is called, and the change itself, each for the tenant as the steps before left it. */
interface SettingChange {
  readonly activity: (tenant: Tenant) => Activity;
  readonly change: (tenant: Tenant) => readonly SlotChange[];
}

function changesOf(edit: SettingsEdit, newId: string): readonly SettingChange[] {
  return CHANGES.flatMap((changes) => changes(edit, newId));
}

type Given<Name extends keyof SettingsEdit> = SettingsEdit[Name] & (NonNullable<unknown> | null);
type Changes = (edit: SettingsEdit, newId: string) => readonly SettingChange[];

function each<Name extends keyof SettingsEdit>(
  name: Name,
  changes: (value: Given<Name>, newId: string) => readonly SettingChange[],
): Changes {
  return (edit, newId) => {
    const value = edit[name];
    return value === undefined ? [] : changes(value, newId);
  };
}

function one<Name extends keyof SettingsEdit>(
  name: Name,
  activity: SettingChange['activity'],
  change: (value: Given<Name>, newId: string) => SettingChange['change'],
): Changes {
  return each(name, (value, newId) => [{ activity, change: change(value, newId) }]);
}

/** A setting that is the member of its own name. */
function ownMember(
  setting: 'settings' | 'globalSecureAccess',
  name: keyof SettingsEdit,
  activity: SettingChange['activity'],
): Changes {
  return one(name, activity, (value) => member(setting, name, value));
}

/** Settings of the simulation, which Microsoft's tenant does not have. */
const ours = (what: string) => activity(what, 'gsa');
const directory = (what: string) => activity(what, 'Core Directory');
const access = (what: string) => activity(what, 'Global Secure Access');

/** What each setting changes, in the order in which the steps are told. */
const CHANGES: readonly Changes[] = [
  ownMember('settings', 'signInLogDelayMinutes', ours('sign-in log delay')),
  ownMember('settings', 'signInLogRetentionDays', ours('sign-in log retention')),
  ownMember('settings', 'defaultAdministrator', ours('default administrator')),
  one('tenantId', directory('tenant id'), (id) => (tenant) => [
    ...whole('tenantId', id)(tenant),
    ...member('settings', 'isTenantIdMadeUp', null)(tenant),
  ]),
  one('createdDateTime', directory('creation date of the tenant'), (date) => (tenant) => [
    ...whole('createdDateTime', date)(tenant),
    ...member('settings', 'isCreatedDateTimeMadeUp', null)(tenant),
    ...statusByAge(tenant, date),
  ]),
  one(
    'actingNetwork',
    ours('network of administrators'),
    (edit) => (tenant) => member('settings', 'actingNetwork', networkWith(tenant, edit))(tenant),
  ),
  ownMember('settings', 'baselineScopes', directory('baseline scopes')),
  ownMember('settings', 'securityDefaults', directory('security defaults')),
  ownMember('settings', 'restoresSharePointAndExchange', ours('restoration for SharePoint and Exchange')),
  ownMember('settings', 'restoresForeignTunnels', ours("restoration through another tenant's tunnel")),
  one('entraIdPlan', directory('Entra ID plan'), (plan) => whole('entraIdPlan', plan)),
  one('mfaTrustedIps', directory('MFA trusted IPs'), (ranges) => whole('mfaTrustedIps', ranges)),
  ownMember('globalSecureAccess', 'onboardingStatus', access('onboarding status')),
  ownMember('globalSecureAccess', 'egressRanges', access('egress ranges')),
  one(
    'microsoftTrafficProfile',
    access('Microsoft traffic profile'),
    (state, newId) => (tenant) =>
      member('globalSecureAccess', 'forwardingProfiles', profilesWith(tenant, state, newId))(tenant),
  ),
  each('known', (lists) => lists.map((list) => knowledge(list, true))),
  each('notKnown', (lists) => lists.map((list) => knowledge(list, false))),
  one('emergencyAccess', directory('emergency access accounts'), marks),
];

function knowledge(list: KnowableList, isKnown: boolean): SettingChange {
  const activity = directory(`what is known of ${LISTS_IN_WORDS[list].toLowerCase()}`);
  return { activity, change: knownOrNot(list, isKnown) };
}

/** A whole setting; `null` removes it. */
function whole(setting: SettingName, value: unknown): SettingChange['change'] {
  return (tenant) => [{ setting, before: tenant[setting] ?? null, after: value }];
}

/** A list that was absent is there and empty from then on; named locations carry a mark beside the list, and groups that there are. */
function knownOrNot(list: KnowableList, isKnown: boolean): SettingChange['change'] {
  if (isMarked(list)) return whole(MARKS[list], isKnown);
  if (list === 'groups') return allGroupsKnownOrNot(isKnown);
  return (tenant) => [{ setting: list, before: tenant[list] ?? null, after: isKnown ? (tenant[list] ?? []) : null }];
}

function allGroupsKnownOrNot(isKnown: boolean): SettingChange['change'] {
  return (tenant) => {
    const { groups, groupsKnown } = tenant;
    const isFilled = (groups?.length ?? 0) > 0;
    const mark = {
      setting: 'groupsKnown' as const,
      before: groupsKnown ?? null,
      after: isFilled && isKnown ? true : null,
    };
    const list = { setting: 'groups' as const, before: groups ?? null, after: isKnown ? (groups ?? []) : null };
    return isFilled ? [mark] : [mark, list];
  };
}

/** One member of a setting that is an object; `null` removes it. */
function member(setting: 'settings' | 'globalSecureAccess', name: string, value: unknown): SettingChange['change'] {
  return (tenant) => {
    const before = asJson(tenant[setting]);
    const { [name]: _, ...others } = before;
    return [{ setting, before, after: value === null ? others : { ...others, [name]: value } }];
  };
}

/** The status that the age brings, where nothing but the age says what it is. */
function statusByAge({ createdDateTime, globalSecureAccess: before }: Tenant, date: string): readonly SlotChange[] {
  const { conditionalAccess, onboardedDateTime, signalingChange } = before;
  if (signalingChange !== undefined || onboardedDateTime !== undefined) return [];
  if (conditionalAccess.signalingStatus !== defaultSignalingStatus(createdDateTime)) return [];
  const signalingStatus = defaultSignalingStatus(date);
  const after = { ...before, conditionalAccess: { ...conditionalAccess, signalingStatus } };
  return [{ setting: 'globalSecureAccess', before, after }];
}

function networkWith(tenant: Tenant, edit: NonNullable<SettingsEdit['actingNetwork']>): object | null {
  const members = Object.entries({ ...tenant.settings.actingNetwork, ...edit }).filter(([, value]) => value !== null);
  return members.length === 0 ? null : Object.fromEntries(members);
}

/**
 * The profiles with a state set. One that becomes not known makes all of them so, because a list without it would say that it
 * does not exist.
 */
function profilesWith(
  tenant: Tenant,
  state: 'enabled' | 'disabled' | null,
  newId: string,
): readonly ForwardingProfile[] | null {
  if (state === null) return null;
  const profiles = tenant.globalSecureAccess.forwardingProfiles ?? [];
  const isMicrosofts = ({ trafficForwardingType }: ForwardingProfile) => trafficForwardingType === 'm365';
  if (profiles.some(isMicrosofts)) return profiles.map((each) => (isMicrosofts(each) ? { ...each, state } : each));
  const added = { id: newId, name: 'Microsoft traffic forwarding profile', state, trafficForwardingType: 'm365' };
  return [...profiles, added];
}

function marks(ids: readonly string[]): SettingChange['change'] {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  return (tenant) =>
    (tenant.users ?? []).flatMap((user): SlotChange[] => {
      const isWanted = wanted.has(user.id.toLowerCase());
      if ((user.isEmergencyAccess === true) === isWanted) return [];
      return [{ list: 'users', id: user.id, before: asJson(user), after: asJson(marked(user, isWanted)) }];
    });
}

function marked(user: User, isEmergencyAccess: boolean): User {
  const { isEmergencyAccess: _, ...others } = user;
  return isEmergencyAccess ? { ...others, isEmergencyAccess } : others;
}

function activity(what: string, loggedByService: string): SettingChange['activity'] {
  return ({ tenantId, displayName }) => ({
    activityDisplayName: `Update ${what}`,
    category: 'DirectoryManagement',
    loggedByService,
    operationType: 'Update',
    targetResources: [{ id: tenantId, displayName, type: 'Directory' }],
  });
}
