import type { ClientApplicationsCondition } from '../../tenant/policy.ts';
import { lower, texts } from '../../tenant/policy-words.ts';
import type { WorkloadSubject } from '../facts/subject.ts';
import type { ConditionResult } from '../result.ts';
import type { CompileContext } from './context.ts';
import type { AttributeFilter } from './custom-attributes.ts';
import { compileAttributeFilter } from './custom-attributes.ts';
import type { Entry, EntryMatch } from './include-exclude.ts';
import { judgeLists, lacks, MATCH, NO_MATCH, settled } from './include-exclude.ts';
import { unmodelledEntries } from './unmodelled.ts';

type WorkloadEntry = Entry<WorkloadSubject>;

/** The workload identities of a policy: service principals by object id, all of the tenant's own, or by attributes (D-WI). */
export interface CompiledClientApplications {
  readonly includes: readonly WorkloadEntry[];
  readonly excludes: readonly WorkloadEntry[];
}

export function compileClientApplications(
  condition: ClientApplicationsCondition | null | undefined,
  { people }: CompileContext,
): CompiledClientApplications | undefined {
  const filter = compileAttributeFilter(condition?.servicePrincipalFilter);
  const others = unmodelledEntries<WorkloadSubject>(condition, '/conditions/clientApplications');
  const entry = (value: string): WorkloadEntry => {
    const id = value.toLowerCase();
    if (id === 'serviceprincipalsinmytenant')
      return { value, label: value, rule: 'unknownFutureValue', match: () => MATCH };
    const label = people.servicePrincipalsById.get(id)?.displayName ?? value;
    return { value, label, rule: 'unknownFutureValue', match: (subject) => matchId(subject, id) };
  };
  const includes = [
    ...texts(condition?.includeServicePrincipals).map(entry),
    ...(filter === undefined || filter.mode === 'exclude' ? [] : [filterEntry(filter)]),
    ...others.includes,
  ];
  const excludes = [
    ...texts(condition?.excludeServicePrincipals).map(entry),
    ...(filter?.mode === 'exclude' ? [filterEntry(filter)] : []),
    ...others.excludes,
  ];
  return includes.length + excludes.length === 0 ? undefined : { includes, excludes };
}

/** Agent identities are a preview without a published rule: kept, and unknown by name (reference conditional-access §1.3). */
/** Only single-tenant applications registered in this tenant can be reached, and never a managed identity (D-WI). */
export function judgeWorkload(
  { includes, excludes }: CompiledClientApplications,
  subject: WorkloadSubject,
): ConditionResult {
  const covered = isCovered(subject);
  if (covered.truth === false)
    return settled('servicePrincipals', false, 'service principal out of the reach of Conditional Access');
  const result = judgeLists('servicePrincipals', includes, excludes, subject);
  if (covered.truth === true || result.truth === false) return result;
  const missing = [
    ...result.missing,
    ...(covered.facts ?? []).map((fact) => ({ fact, condition: 'servicePrincipals' as const })),
  ];
  return {
    ...result,
    truth: 'unknown',
    missing,
    because: `service principal unknown without ${missing.map(({ fact }) => fact).join(', ')}`,
  };
}

function isCovered({ kind, principal, tenantId, id }: WorkloadSubject): EntryMatch {
  if (kind === 'managedIdentity' || lower(principal?.servicePrincipalType) === 'managedidentity') return NO_MATCH;
  const owner = principal?.appOwnerOrganizationId;
  const audience = principal?.signInAudience;
  if (owner === null || (owner !== undefined && lower(owner) !== tenantId)) return NO_MATCH;
  if (audience !== undefined && lower(audience) !== 'azureadmyorg') return NO_MATCH;
  const name = principal?.displayName ?? id ?? 'the caller';
  const facts = [
    ...(owner === undefined ? [`appOwnerOrganizationId of service principal ${name}`] : []),
    ...(audience === undefined ? [`signInAudience of service principal ${name}`] : []),
  ];
  return facts.length === 0 ? MATCH : lacks(...facts);
}

function matchId({ id }: WorkloadSubject, wanted: string): EntryMatch {
  if (id === undefined) return lacks('servicePrincipalId');
  return id === wanted ? MATCH : NO_MATCH;
}

function filterEntry(filter: AttributeFilter): WorkloadEntry {
  return {
    value: filter.rule,
    label: filter.rule,
    rule: 'appFilter',
    match: ({ principal, id }) =>
      filter.mode === undefined
        ? lacks('meaning of the mode of servicePrincipalFilter')
        : filter.match(principal, `service principal ${principal?.displayName ?? id ?? 'the caller'}`),
  };
}
