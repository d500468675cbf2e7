import type { JsonObject } from '../../core/tenant/plans/change.ts';
import type {
  ConditionalAccessPolicy,
  ConditionSet,
  GrantControls,
  RuleFilter,
  SessionControls,
} from '../../core/tenant/policy.ts';
import { nameOfType } from '../json/value.ts';
import { quoted } from '../text/excerpt.ts';
import type { Cursor } from './findings.ts';
import { contentId, readId, readName } from './identity.ts';
import type { Reader } from './members.ts';
import { flags, number, object, text, texts, time, truth, word, words } from './members.ts';
import * as vocabulary from './vocabulary.ts';

/** Conditional Access policies as Graph gives them (reference conditional-access §1.1–§1.5). */

/** A filter needs both its members; the SDK writes one of nothing but `null` where there is none. */
const ruleFilter: Reader<RuleFilter | null> = (value, at) => {
  const read = object({ mode: word(vocabulary.FILTER_MODES), rule: text })(value, at);
  const { mode = null, rule = null } = read ?? {};
  if (mode === null && rule === null) return null;
  if (mode !== null && rule !== null) return { ...read, mode, rule };
  at.error('missingMember', `a filter needs \`mode\` and \`rule\``);
  return null;
};

const guests = object({
  guestOrExternalUserTypes: flags(vocabulary.GUEST_TYPES),
  externalTenants: object({ membershipKind: word(vocabulary.MEMBERSHIP_KINDS), members: texts }),
});

const users = object({
  includeUsers: texts,
  excludeUsers: texts,
  includeGroups: texts,
  excludeGroups: texts,
  includeRoles: texts,
  excludeRoles: texts,
  includeGuestsOrExternalUsers: guests,
  excludeGuestsOrExternalUsers: guests,
});

const applications = object({
  includeApplications: texts,
  excludeApplications: texts,
  includeUserActions: words(vocabulary.USER_ACTIONS),
  includeAuthenticationContextClassReferences: texts,
  applicationFilter: ruleFilter,
});

const clientApplications = object({
  includeServicePrincipals: texts,
  excludeServicePrincipals: texts,
  servicePrincipalFilter: ruleFilter,
  includeAgentIdServicePrincipals: texts,
  excludeAgentIdServicePrincipals: texts,
  agentIdServicePrincipalFilter: ruleFilter,
});

const devices = object({
  deviceFilter: ruleFilter,
  includeDevices: texts,
  excludeDevices: texts,
  includeDeviceStates: texts,
  excludeDeviceStates: texts,
});

const conditionSet: Reader<ConditionSet | null> = object({
  applications,
  users,
  clientApplications,
  clientAppTypes: words(vocabulary.CLIENT_APP_TYPES),
  platforms: object({
    includePlatforms: words(vocabulary.PLATFORMS),
    excludePlatforms: words(vocabulary.PLATFORMS),
  }),
  locations: object({ includeLocations: texts, excludeLocations: texts }),
  devices,
  deviceStates: object({ includeStates: texts, excludeStates: texts }),
  signInRiskLevels: words(vocabulary.RISK_LEVELS),
  userRiskLevels: words(vocabulary.RISK_LEVELS),
  servicePrincipalRiskLevels: words(vocabulary.RISK_LEVELS),
  insiderRiskLevels: flags(vocabulary.INSIDER_RISK_LEVELS),
  authenticationFlows: object({ transferMethods: flags(vocabulary.TRANSFER_METHODS) }),
  agentIdRiskLevels: flags(vocabulary.AGENT_RISK_LEVELS),
});

const authenticationStrength = object({
  id: text,
  displayName: text,
  description: text,
  policyType: text,
  requirementsSatisfied: text,
  allowedCombinations: texts,
  createdDateTime: time,
  modifiedDateTime: time,
  // Read by nobody yet: known, so that it is not reported.
  combinationConfigurations: (value) => value,
});

const grantControls: Reader<GrantControls | null> = object({
  operator: word(vocabulary.OPERATORS),
  builtInControls: words(vocabulary.GRANT_CONTROLS),
  customAuthenticationFactors: texts,
  termsOfUse: texts,
  authenticationStrength,
});

const sessionControls: Reader<SessionControls | null> = object({
  applicationEnforcedRestrictions: object({ isEnabled: truth }),
  cloudAppSecurity: object({ isEnabled: truth, cloudAppSecurityType: word(vocabulary.CLOUD_APP_SECURITY_TYPES) }),
  persistentBrowser: object({ isEnabled: truth, mode: word(vocabulary.PERSISTENT_BROWSER_MODES) }),
  signInFrequency: object({
    isEnabled: truth,
    value: number,
    type: word(vocabulary.SIGN_IN_FREQUENCY_TYPES),
    frequencyInterval: word(vocabulary.FREQUENCY_INTERVALS),
    authenticationType: word(vocabulary.FREQUENCY_AUTHENTICATION_TYPES),
  }),
  secureSignInSession: object({ isEnabled: truth }),
  disableResilienceDefaults: truth,
  continuousAccessEvaluation: object({ mode: word(vocabulary.EVALUATION_MODES) }),
  globalSecureAccessFilteringProfile: object({ isEnabled: truth, profileId: text }),
});

const members = object({
  id: (value: unknown, at) => readId(value, at),
  displayName: (value: unknown, at) => readName(value, at),
  description: text,
  templateId: text,
  state: readState,
  createdDateTime: time,
  modifiedDateTime: time,
  deletedDateTime: time,
  conditions: conditionSet,
  grantControls,
  sessionControls,
});

/** Reads one policy; `undefined` when it cannot be used, which the cursor has been told. */
export function readPolicy(value: JsonObject, at: Cursor): ConditionalAccessPolicy | undefined {
  const read = members(value, at);
  if (read === null || !at.sound) return undefined;
  if (typeof read.state !== 'string') {
    at.error('missingMember', 'the policy has no `state`');
    return undefined;
  }
  if (read.conditions === undefined || read.conditions === null) {
    at.warning('noConditions', 'the policy has no `conditions`; none is taken as configured');
  }
  if (typeof read.deletedDateTime === 'string') {
    at.note(
      'deletedItem',
      `the policy was deleted on ${quoted(read.deletedDateTime, 40)} and goes to the deleted ones`,
    );
  }
  if (read.displayName === undefined) at.warning('noName', 'the policy has no `displayName`');
  const complete = {
    ...read,
    displayName: read.displayName ?? '',
    state: read.state,
    conditions: read.conditions ?? {},
  };
  if (read.id !== undefined) return { ...complete, id: read.id };
  const { id: _, ...content } = complete;
  at.note('madeId', `the policy ${quoted(complete.displayName)} has no id; it gets one made of its content`);
  return { ...content, id: contentId('policy', content) };
}

/** Values of the CSDL and, kept for what they are, those of preview responses (reference §1.1). */
const STATES = ['enabled', 'disabled', 'enabledForReportingButNotEnforced'];
const PREVIEW_STATES = ['partiallyEnabled', 'unknownFutureValue'];

/** A state that is not known must never count as switched off, or on: it is an error. */
function readState(value: unknown, at: Cursor): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') {
    at.error('wrongType', `expected text, found ${nameOfType(value)}`);
    return undefined;
  }
  const same = (state: string) => state.toLowerCase() === value.toLowerCase();
  const state = STATES.find(same);
  if (state !== undefined) {
    if (state !== value) at.note('stateCase', `${quoted(value)} was taken as \`${state}\``);
    return state;
  }
  if (PREVIEW_STATES.some(same))
    at.warning('unknownValue', `${quoted(value)} is not evaluated: answers become unknown`);
  else at.error('unknownState', `${quoted(value, 40)} is no state of a policy: one of ${STATES.join(', ')}`);
  return value;
}
