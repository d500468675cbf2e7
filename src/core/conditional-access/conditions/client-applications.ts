import type { RuleFilter } from '../../graph/policy-shape.ts';
import { canBeId } from '../../tenant/ids-of-lists.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { lower, texts } from '../../tenant/policy-words.ts';
import { isAgentIdentity } from '../facts/agents.ts';
import { MICROSOFT_TENANTS } from '../facts/application-groups.ts';
import type { WorkloadSubject } from '../facts/subject.ts';
import type { ConditionResult } from '../result.ts';
import type { CompileContext } from './context.ts';
import { compileAttributeFilter } from './custom-attributes.ts';
import type { Entry, EntryMatch } from './include-exclude.ts';
import { judgeLists, lacks, MATCH, NO_MATCH, settled } from './include-exclude.ts';
import { lostEntries } from './lost-entries.ts';
import { nameEntry } from './name-entry.ts';
import { unmodelledEntries } from './unmodelled.ts';

type WorkloadEntry = Entry<WorkloadSubject>;

/** The principals of one kind that a list means: by object id, all of them, or by attributes. */
interface CompiledLists {
  readonly includes: readonly WorkloadEntry[];
  readonly excludes: readonly WorkloadEntry[];
}

/** The workload identities of a policy, service principals (D-WI) and agent identities (AGENT) in lists of their own. */
export interface CompiledClientApplications {
  readonly principals: CompiledLists;
  readonly agents: CompiledLists;
}

export function compileClientApplications(
  conditions: ConditionSet,
  context: CompileContext,
): CompiledClientApplications | undefined {
  const condition = conditions.clientApplications;
  const others = unmodelledEntries<WorkloadSubject>(condition, '/conditions/clientApplications');
  const principals = lists(
    texts(condition?.includeServicePrincipals).map((value) => principalEntry(value, context)),
    texts(condition?.excludeServicePrincipals).map((value) => principalEntry(value, context)),
    filterEntries(condition?.servicePrincipalFilter, 'servicePrincipalFilter'),
    others,
    lostEntries(conditions, 'clientApplications', ({ member }, mayBe) =>
      member !== undefined && LISTS_OF_AGENTS.has(member) ? undefined : mayBe,
    ),
  );
  const agents = lists(
    texts(condition?.includeAgentIdServicePrincipals).map((value) => agentEntry(value, context)),
    texts(condition?.excludeAgentIdServicePrincipals).map((value) => agentEntry(value, context)),
    filterEntries(condition?.agentIdServicePrincipalFilter, 'agentIdServicePrincipalFilter'),
    others,
    lostEntries(conditions, 'clientApplications', ({ member }, mayBe) =>
      member === undefined || LISTS_OF_AGENTS.has(member) ? mayBe : undefined,
    ),
  );
  return isEmpty(principals) && isEmpty(agents) ? undefined : { principals, agents };
}

function lists(
  includes: readonly WorkloadEntry[],
  excludes: readonly WorkloadEntry[],
  ...more: readonly CompiledLists[]
): CompiledLists {
  return {
    includes: [...includes, ...more.flatMap((each) => each.includes)],
    excludes: [...excludes, ...more.flatMap((each) => each.excludes)],
  };
}

/** The lists that agent identities have of their own. */
const LISTS_OF_AGENTS: ReadonlySet<string> = new Set([
  'includeAgentIdServicePrincipals',
  'excludeAgentIdServicePrincipals',
  'agentIdServicePrincipalFilter',
]);

function isEmpty({ includes, excludes }: CompiledLists): boolean {
  return includes.length + excludes.length === 0;
}

function principalEntry(value: string, { tenant, people }: CompileContext): WorkloadEntry {
  const id = value.toLowerCase();
  if (id === 'serviceprincipalsinmytenant')
    return { value, label: value, rule: 'unknownFutureValue', match: () => MATCH };
  if (!canBeId(tenant, 'servicePrincipals', value)) return nameEntry('servicePrincipals', value);
  const label = people.servicePrincipalsById.get(id)?.displayName ?? value;
  return { value, label, rule: 'unknownFutureValue', match: (subject) => matchId(subject, id) };
}

/** An agent identity by its id, or all that are derived from a blueprint by the id of the blueprint or of its principal. */
function agentEntry(value: string, { tenant, people }: CompileContext): WorkloadEntry {
  const id = value.toLowerCase();
  if (id === 'all') return { value, label: 'All', rule: 'unknownFutureValue', match: () => MATCH };
  if (!canBeId(tenant, 'servicePrincipals', value)) return nameEntry('servicePrincipals', value);
  const named = people.servicePrincipalsById.get(id);
  const blueprint = lower(named?.appId) ?? id;
  return {
    value,
    label: named?.displayName ?? value,
    rule: 'unknownFutureValue',
    match: (subject) => {
      if (subject.id === id) return MATCH;
      if (named !== undefined && isAgentIdentity(named)) return matchId(subject, id);
      const derivedFrom = lower(subject.principal?.agentIdentityBlueprintId);
      if (derivedFrom !== undefined) return derivedFrom === blueprint || derivedFrom === id ? MATCH : NO_MATCH;
      return lacks(`blueprint of agent identity ${nameOf(subject)}`);
    },
  };
}

function nameOf({ principal, id }: WorkloadSubject): string {
  return principal?.displayName ?? id ?? 'the caller';
}

/** What the lists of the two kinds say; who may be either gets an answer where both say the same. */
export function judgeWorkload(compiled: CompiledClientApplications, subject: WorkloadSubject): ConditionResult {
  if (subject.isAgent === true) return judgeAgent(compiled.agents, subject);
  const result = judgePrincipal(compiled.principals, subject);
  if (subject.isAgent === false || isEmpty(compiled.agents)) return result;
  return judgeAgent(compiled.agents, subject).truth === result.truth
    ? result
    : openWithout(result, [`whether ${nameOf(subject)} is an agent identity`]);
}

function judgeAgent({ includes, excludes }: CompiledLists, subject: WorkloadSubject): ConditionResult {
  return judgeLists('servicePrincipals', includes, excludes, subject);
}
/**
 * Judges a workload identity. Only single-tenant applications registered in this tenant can be reached, and never a managed
 * identity (D-WI).
 */
function judgePrincipal({ includes, excludes }: CompiledLists, subject: WorkloadSubject): ConditionResult {
  const covered = isCovered(subject);
  if (covered.truth === false)
    return settled('servicePrincipals', false, 'service principal out of the reach of Conditional Access');
  const result = judgeLists('servicePrincipals', includes, excludes, subject);
  return covered.truth === true || result.truth === false ? result : openWithout(result, covered.facts ?? []);
}

function openWithout(result: ConditionResult, facts: readonly string[]): ConditionResult {
  const missing = [...result.missing, ...facts.map((fact) => ({ fact, condition: 'servicePrincipals' as const }))];
  const because = `service principal unknown without ${missing.map(({ fact }) => fact).join(', ')}`;
  return { ...result, truth: 'unknown', missing, because };
}

function isCovered(subject: WorkloadSubject): EntryMatch {
  const { kind, principal, tenantId, isTenantIdKnown } = subject;
  if (kind === 'managedIdentity' || lower(principal?.servicePrincipalType) === 'managedidentity') return NO_MATCH;
  const owner = principal?.appOwnerOrganizationId;
  const audience = principal?.signInAudience;
  const isOthers = owner !== undefined && owner !== null && lower(owner) !== tenantId;
  if (owner === null || (isOthers && (isTenantIdKnown || MICROSOFT_TENANTS.has(owner.toLowerCase())))) return NO_MATCH;
  if (audience !== undefined && lower(audience) !== 'azureadmyorg') return NO_MATCH;
  const name = nameOf(subject);
  const facts = [
    ...(isOthers ? ['id of the tenant'] : []),
    ...(owner === undefined ? [`appOwnerOrganizationId of service principal ${name}`] : []),
    ...(audience === undefined ? [`signInAudience of service principal ${name}`] : []),
  ];
  return facts.length === 0 ? MATCH : lacks(...facts);
}

function matchId({ id }: WorkloadSubject, wanted: string): EntryMatch {
  if (id === undefined) return lacks('servicePrincipalId');
  return id === wanted ? MATCH : NO_MATCH;
}

function filterEntries(filter: RuleFilter | null | undefined, member: string): CompiledLists {
  const compiled = compileAttributeFilter(filter);
  if (compiled === undefined) return { includes: [], excludes: [] };
  const { rule: value, mode } = compiled;
  const match = (subject: WorkloadSubject) =>
    mode === undefined
      ? lacks(`meaning of the mode of ${member}`)
      : compiled.match(subject.principal, `service principal ${nameOf(subject)}`);
  const entry: WorkloadEntry = { value, label: value, rule: 'appFilter', match };
  return mode === 'exclude' ? { includes: [], excludes: [entry] } : { includes: [entry], excludes: [] };
}
