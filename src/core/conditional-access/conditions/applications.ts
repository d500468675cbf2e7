import type { Audience, Target } from '../../signaling/attempt.ts';
import { canBeId } from '../../tenant/ids-of-lists.ts';
import type { LocationReference } from '../../tenant/location-references.ts';
import type { ConditionalAccessPolicy } from '../../tenant/policy.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { ApplicationCatalog } from '../facts/application-groups.ts';
import { isAgentAudience, isGlobalSecureAccessResource, isInApplicationGroup } from '../facts/application-groups.ts';
import type { CompiledCondition } from '../facts/facts.ts';
import { dependentServices } from '../facts/service-dependencies.ts';
import {
  COVERED_BY_SERVICE_MANAGEMENT_API,
  SERVICE_MANAGEMENT_API,
  WINDOWS_AZURE_ACTIVE_DIRECTORY,
} from '../facts/well-known-applications.ts';
import { modeOf } from '../policy-mode.ts';
import type { ConditionResult } from '../result.ts';
import type { CompileContext } from './context.ts';
import type { AttributeFilter } from './custom-attributes.ts';
import { compileAttributeFilter } from './custom-attributes.ts';
import type { EntryMatch } from './include-exclude.ts';
import { judgeLists, lacks, MATCH, NO_MATCH, settled } from './include-exclude.ts';
import { namesCompliantNetwork } from './locations.ts';
import { lostEntries } from './lost-entries.ts';
import { nameEntry } from './name-entry.ts';
import type { ApplicationEntry, Asked } from './requested-contexts.ts';
import { contextEntry, lostTargets, userActionEntry } from './requested-contexts.ts';
import { bothOf, unmodelledEntries } from './unmodelled.ts';

/**
 * Target resources: the *resource* of the request and never a public client (D-APPS); user actions; authentication
 * contexts; the filter on custom security attributes. A policy that includes nothing matches nothing.
 */
export function compileApplicationCondition(
  policy: ConditionalAccessPolicy,
  references: readonly LocationReference[],
  context: CompileContext,
): CompiledCondition {
  const condition = policy.conditions.applications;
  const { applications: catalog } = context;
  const filter = compileAttributeFilter(condition?.applicationFilter);
  const isReportOnly = modeOf(policy.state) === 'reportOnly';
  const others = bothOf(
    unmodelledEntries<Asked>(condition, '/conditions/applications'),
    lostEntries<Asked>(policy.conditions, 'applications', ({ member }, mayBe) =>
      lostTargets(member, mayBe, isReportOnly),
    ),
  );
  const includes: ApplicationEntry[] = [
    ...texts(condition?.includeApplications).map((value) =>
      value.toLowerCase() === 'all'
        ? allResources(value, needsRegisteredDevice(policy), leavesBaselineScopes(policy, context))
        : applicationEntry(value, context),
    ),
    // Report-only does not work for user actions (D-RO).
    ...(isReportOnly ? [] : texts(condition?.includeUserActions)).map(userActionEntry),
    ...texts(condition?.includeAuthenticationContextClassReferences).map((value) => contextEntry(value, context)),
    ...(filter === undefined || filter.mode === 'exclude' ? [] : [filterEntry(filter, catalog)]),
    ...others.includes,
  ];
  const excludes: ApplicationEntry[] = [
    ...texts(condition?.excludeApplications).map((value) =>
      value.toLowerCase() === 'all' ? allResources(value, false, false) : applicationEntry(value, context),
    ),
    ...(filter?.mode === 'exclude' ? [filterEntry(filter, catalog)] : []),
    ...(namesCompliantNetwork(references) ? [globalSecureAccessEntry(catalog)] : []),
    ...others.excludes,
  ];
  return {
    slot: 'application',
    judge: ({ attempt: { target } }) => {
      const unasked = whyUnasked(target);
      return unasked === undefined
        ? judgeTarget(target, (each) => judgeLists('application', includes, excludes, each))
        : settled('application', false, `application not included: ${unasked}`);
    },
  };
}

/**
 * A resource may ask for others at sign-in. Where the record does not list them, a policy that reaches one of those may stop the
 * sign-in as well: Microsoft's own What If leaves that out, and here it is not known.
 */
function judgeTarget(target: Target, judge: (asked: Asked) => ConditionResult): ConditionResult {
  const result = best(asked(target).map(judge));
  if (result.truth === true || target.kind !== 'application' || target.areAllAudiences === true) return result;
  const reached = dependentServices(target.audiences ?? []).filter(
    ({ service }) => judge({ audience: service, target }).truth !== false,
  );
  if (reached.length === 0) return result;
  const facts = reached.map(
    ({ caller, service }) => `whether ${caller} asks for ${service.displayName ?? service.appId} too`,
  );
  return openWithout(result, facts);
}

function openWithout(result: ConditionResult, facts: readonly string[]): ConditionResult {
  const missing = [...result.missing, ...facts.map((fact) => ({ fact, condition: result.condition }))];
  const because = `application unknown without ${missing.map(({ fact }) => fact).join(', ')} (service dependency)`;
  return { ...result, truth: 'unknown', includeRules: [], excludeRules: [], missing, because };
}

/** Why no policy is asked for this sign-in of an agent, whatever it asks for. */
function whyUnasked(target: Target): string | undefined {
  if (target.kind !== 'application') return undefined;
  if (target.isAgentExchange === true) return 'no policy applies to the token exchange of agents';
  return target.isUnderSecurityDefaults === true
    ? 'no policy applies to agents while security defaults are on'
    : undefined;
}

function asked(target: Target): Asked[] {
  if (target.kind === 'userAction' || target.audiences === undefined || target.audiences.length === 0)
    return [{ audience: undefined, target }];
  return target.audiences.map((audience) => ({ audience, target }));
}

/** A matching audience is enough; after that an unknown one; otherwise none. */
function best(results: readonly ConditionResult[]): ConditionResult {
  const [first] = results;
  const found =
    results.find(({ truth }) => truth === true) ?? results.find(({ truth }) => truth === 'unknown') ?? first;
  return found ?? judgeLists('application', [], [], undefined);
}

function applicationEntry(value: string, { tenant, applications: catalog }: CompileContext): ApplicationEntry {
  const id = value.toLowerCase();
  if (id === 'none') return { value, label: 'None', rule: 'appId', match: () => NO_MATCH };
  if (id === 'office365')
    return {
      value,
      label: 'Office365',
      rule: 'office365',
      match: ofAudience((audience) => isInApplicationGroup(audience, 'Office365', catalog)),
    };
  if (id === 'microsoftadminportals') {
    return {
      value,
      label: value,
      rule: 'microsoftAdminPortals',
      match: ofAudience((audience) => isInApplicationGroup(audience, 'MicrosoftAdminPortals', catalog)),
    };
  }
  if (id === 'allagentidresources') {
    const match = ofAudience((audience) => isAgentAudience(audience, catalog));
    return { value, label: value, rule: 'unknownFutureValue', match };
  }
  if (!canBeId(tenant, 'applications', value)) {
    const entry = nameEntry<Audience>('applications', value);
    return { ...entry, match: ofAudience(entry.match) };
  }
  const label = catalog.byAppId.get(id)?.displayName ?? value;
  const covers = id === SERVICE_MANAGEMENT_API ? COVERED_BY_SERVICE_MANAGEMENT_API : undefined;
  return {
    value,
    label,
    rule: 'appId',
    match: ofAudience(({ appId }) =>
      appId.toLowerCase() === id || covers?.has(appId.toLowerCase()) === true ? MATCH : NO_MATCH,
    ),
  };
}

/**
 * The entry `All`: all resources, also those that cannot be chosen one by one; registering security information counts (D-APPS,
 * G-EVAL), and by symmetry registering a device. Controls that need a registered device cannot be chosen for that action, or
 * nobody could ever register one, so with them it is not known.
 */
function allResources(value: string, needsDevice: boolean, leavesBaseline: boolean): ApplicationEntry {
  return {
    value,
    label: 'All',
    rule: 'allApps',
    match: ({ target, audience }) => {
      if (leavesBaseline && audience?.appId.toLowerCase() === WINDOWS_AZURE_ACTIVE_DIRECTORY) {
        return lacks('whether only baseline scopes were asked for');
      }
      return needsDevice && target.kind === 'userAction' && target.userAction.toLowerCase() === REGISTER_DEVICE
        ? lacks('whether All covers registering or joining devices')
        : MATCH;
    },
  };
}

/**
 * Whether a sign-in that asks for baseline scopes only, which is judged as one to Windows Azure Active Directory, goes past the
 * policy: it has exclusions, and the tenant does not enforce such policies, or the policy excludes what stands for the scopes
 * (D-BASE). No record tells the scopes.
 */
function leavesBaselineScopes({ conditions }: ConditionalAccessPolicy, { tenant }: CompileContext): boolean {
  const { baselineScopes = 'enforced' } = tenant.settings;
  const excluded = texts(conditions?.applications?.excludeApplications).map((id) => id.toLowerCase());
  if (typeof baselineScopes === 'object') return excluded.includes(baselineScopes.applicationId.toLowerCase());
  return baselineScopes === 'disabled' && excluded.length > 0;
}

const REGISTER_DEVICE = 'urn:user:registerdevice';
const OF_A_DEVICE: ReadonlySet<string> = new Set(
  ['compliantDevice', 'domainJoinedDevice', 'approvedApplication', 'compliantApplication'].map((control) =>
    control.toLowerCase(),
  ),
);

function needsRegisteredDevice({ grantControls }: ConditionalAccessPolicy): boolean {
  return texts(grantControls?.builtInControls).some((control) => OF_A_DEVICE.has(control.toLowerCase()));
}

/** An entry about a resource: a user action asks for none, and a resource that is not known may be any. */
function ofAudience(match: (audience: Audience) => EntryMatch): (asked: Asked) => EntryMatch {
  return ({ audience, target }) => {
    if (target.kind === 'userAction') return NO_MATCH;
    return audience === undefined ? lacks('resource') : match(audience);
  };
}

function filterEntry(filter: AttributeFilter, catalog: ApplicationCatalog): ApplicationEntry {
  const { rule: value } = filter;
  return {
    value,
    label: value,
    rule: 'appFilter',
    match: ofAudience(({ appId }) => {
      if (filter.mode === undefined) return lacks('meaning of the mode of applicationFilter');
      return filter.match(catalog.byAppId.get(appId.toLowerCase()), `application ${appId}`);
    }),
  };
}

/** Policies that name the compliant network leave out Global Secure Access itself, or nobody could reach it (CN). */
function globalSecureAccessEntry(catalog: ApplicationCatalog): ApplicationEntry {
  return {
    value: 'GlobalSecureAccessResources',
    label: 'Global Secure Access resources',
    rule: 'firstPartyApps',
    match: ofAudience((audience) => (isGlobalSecureAccessResource(audience, catalog) ? MATCH : NO_MATCH)),
  };
}
