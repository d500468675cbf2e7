import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject } from '../json/value.ts';
import type { Has } from './member-names.ts';
import { comparable, memberOf, onceForEachName, saysSomething } from './member-names.ts';

/** Something that is known and not imported: why, for a message. */
export interface NotImported {
  readonly code:
    | 'signInLog'
    | 'tenantFile'
    | 'errorResponse'
    | 'partOfPolicy'
    | 'migrationTable'
    | 'notUsed'
    | 'terraform'
    | 'template'
    | 'pulumi'
    | 'microsoft365Dsc'
    | 'azureAdGraph'
    | 'otherReport'
    | 'flatPolicy'
    | 'savedRequests'
    | 'keyedPolicies'
    | 'deletedItem'
    | 'membersOfUnknown'
    | 'roleWithoutMembers'
    | 'scheduleRequest'
    | 'queryResult';
  readonly message: string;
}

const FROM_GRAPH = 'export it from Microsoft Graph instead';

const SCHEDULE_INSTANCES =
  'export `roleAssignmentScheduleInstances` and `roleEligibilityScheduleInstances` of `roleManagement/directory`';

/** Objects that hold an export of another tool whole: what is inside them is never looked for. */
export function foreignDocument(value: JsonObject): NotImported | undefined {
  return terraform(value) ?? template(value) ?? report(value) ?? savedRequests(value);
}

function terraform(value: JsonObject): NotImported | undefined {
  const kind = terraformKind(value);
  if (kind === undefined) return undefined;
  return { code: 'terraform', message: `is Terraform (${kind}): export the policies from Microsoft Graph instead` };
}

/** A state has resources, `terraform show -json` a format; configuration in JSON has blocks by their names. */
function terraformKind(value: JsonObject): string | undefined {
  const isVersioned = typeof value['terraform_version'] === 'string';
  if (isVersioned && Array.isArray(value['resources'])) return 'state';
  if (typeof value['format_version'] === 'string') {
    if (isJsonObject(value['planned_values']) || Array.isArray(value['resource_changes'])) return 'plan';
    if (isVersioned || isJsonObject(value['values'])) return 'state of `terraform show -json`';
  }
  if (Array.isArray(value['modules']) && typeof value['version'] === 'number' && isVersioned) return 'state';
  if (isOutput(value)) return 'what `terraform output -json` gives';
  const blocks = [value['resource'], value['data']].filter((block) => isJsonObject(block) || Array.isArray(block));
  return blocks.some(namesResources) ? 'configuration in JSON' : undefined;
}

/** Each output has its value, its type, and whether it is sensitive. */
function isOutput(value: JsonObject): boolean {
  const outputs = Object.values(value);
  const isOne = (each: unknown) =>
    isJsonObject(each) && typeof each['sensitive'] === 'boolean' && 'type' in each && 'value' in each;
  return outputs.length > 0 && outputs.every(isOne);
}

/** Resource types have the provider before an underscore. */
function namesResources(block: unknown): boolean {
  const each = Array.isArray(block) ? block : [block];
  return each.some(
    (one) =>
      isJsonObject(one) &&
      Object.keys(one).some((name) => /^(azuread|azurerm|azapi|msgraph|microsoft365\w*)_/.test(name)),
  );
}

/** Results of tools that look at a tenant: they say what was found, and not what policies have. */
function report(value: JsonObject): NotImported | undefined {
  const tool = reporterOf(value);
  return tool === undefined ? undefined : { code: 'otherReport', message: `is a result of ${tool}: ${FROM_GRAPH}` };
}

function reporterOf(value: JsonObject): string | undefined {
  const { meta, data, metadata, MetaData, Results, Tests, TotalCount } = value;
  if (isJsonObject(meta) && meta['type'] === 'azure' && Array.isArray(data)) return 'AzureHound';
  if (isJsonObject(MetaData) && isJsonObject(Results) && MetaData['Tool'] === 'ScubaGear') return 'ScubaGear';
  if ('cap_table_data' in value && 'conditional_access_policies' in value)
    return 'ScubaGear (what it asked the tenant)';
  const product = isJsonObject(metadata) ? metadata['product'] : undefined;
  if (typeof value['class_uid'] === 'number' && isJsonObject(product)) return nameOfProduct(product);
  return Array.isArray(Tests) && typeof TotalCount === 'number' ? 'Maester' : undefined;
}

/** Findings in the names of OCSF, as Prowler writes them. */
function nameOfProduct({ name }: JsonObject): string {
  return typeof name === 'string' && name !== '' ? name.slice(0, 60) : 'another tool';
}

/** Requests that a tool saved, with the answers inside as text. */
function savedRequests({ info, log }: JsonObject): NotImported | undefined {
  const schema = isJsonObject(info) ? info['schema'] : undefined;
  const isPostman = typeof schema === 'string' && schema.includes('getpostman.com');
  const isHar = isJsonObject(log) && Array.isArray(log['entries']);
  if (!isPostman && !isHar) return undefined;
  const what = isPostman ? 'a collection of Postman' : 'requests that a browser recorded (HAR)';
  return { code: 'savedRequests', message: `is ${what}: save the body of the answer as a file of its own` };
}

function template(value: JsonObject): NotImported | undefined {
  const schema = value['$schema'];
  if (typeof schema === 'string' && /deploymenttemplate\.json/i.test(schema)) {
    return { code: 'template', message: `is a deployment template of Azure Resource Manager: ${FROM_GRAPH}` };
  }
  if (typeof schema === 'string' && /deploymentparameters\.json/i.test(schema)) {
    return { code: 'template', message: `is parameters of a deployment of Azure Resource Manager: ${FROM_GRAPH}` };
  }
  const { deployment } = value;
  if (isJsonObject(deployment) && Array.isArray(deployment['resources']) && 'manifest' in deployment) {
    return { code: 'pulumi', message: `is a Pulumi stack: ${FROM_GRAPH}` };
  }
  return undefined;
}

/**
 * A resource of Microsoft365DSC, which keeps the type of the object of Graph that it describes (`OdataType`) and writes members of its
 * own: it is none of that type, and `Ensure` may say that there is no such object.
 */
export function foreignResource(has: Has): NotImported | undefined {
  const name = has('resourceName');
  if (typeof name !== 'string') return undefined;
  if (has('resourceInstanceName') === undefined && has('ensure') === undefined) return undefined;
  return {
    code: 'microsoft365Dsc',
    message: `is a resource of Microsoft365DSC (${name.slice(0, 60)}), not an object of Microsoft Graph: ${FROM_GRAPH}`,
  };
}

/** Single objects that are recognised in order to be refused by name. */
export function foreignObject(value: JsonObject, has: Has): NotImported | undefined {
  return tenantFile(value) ?? foreignDocument(value) ?? signInLog(has) ?? ofOtherTools(value, has) ?? ofGraph(has);
}

/** What gsa writes itself. */
function tenantFile(value: JsonObject): NotImported | undefined {
  if (!('lineage' in value && 'serial' in value && isJsonObject(value['tenant']))) return undefined;
  return {
    code: 'tenantFile',
    message:
      'is a tenant file of gsa, not an export: name it with --tenant, or export it with `gsa export --tenant <file>`',
  };
}

function signInLog(has: Has): NotImported | undefined {
  return isSignIn(has) ? { code: 'signInLog', message: 'is a sign-in log: give it to `gsa replay`' } : undefined;
}

function ofOtherTools(value: JsonObject, has: Has): NotImported | undefined {
  if (has('policyDetail') !== undefined && (has('policyType') !== undefined || has('policyIdentifier') !== undefined)) {
    return {
      code: 'azureAdGraph',
      message: `is a policy of Azure AD Graph (\`policyDetail\`), as ROADrecon and AADInternals keep it: ${FROM_GRAPH}`,
    };
  }
  if (Array.isArray(has('Objects')) && (has('TenantId') !== undefined || has('Organization') !== undefined)) {
    return { code: 'migrationTable', message: 'is a migration table of IntuneManagement: names of ids, no items' };
  }
  const { d: verbose } = value;
  if (Array.isArray(verbose) || (isJsonObject(verbose) && Array.isArray(verbose['results']))) {
    return {
      code: 'notUsed',
      message: `is an answer of OData 2 (\`d\`), as no Microsoft Graph gives it: ${FROM_GRAPH}`,
    };
  }
  if (isQueryResult(value)) {
    return { code: 'queryResult', message: `is the result of a query, rows under columns: ${FROM_GRAPH}` };
  }
  return flatPolicy(value, has);
}

/** `{ "columns": […], "rows": [[…]] }`, at the top or in a table. */
export function isQueryResult(value: JsonObject): boolean {
  const tables = Array.isArray(value['tables']) ? value['tables'] : [value];
  return tables.some((table) => isJsonObject(table) && Array.isArray(table['columns']) && Array.isArray(table['rows']));
}

/** Members that stand inside `conditions` or the controls of a policy of Graph, and inside nothing else that is exported. */
const INNER_MEMBERS = new Set(
  [
    'includeUsers excludeUsers includeGroups excludeGroups includeRoles excludeRoles includeGuestsOrExternalUsers',
    'includeApplications excludeApplications includeUserActions includeLocations excludeLocations includePlatforms',
    'excludePlatforms clientAppTypes builtInControls grantControlOperator signInRiskLevels userRiskLevels',
  ].flatMap((names) => names.toLowerCase().split(' ')),
);

/** A policy whose inner members stand at its top, under their own names or under a path. */
function flatPolicy(value: JsonObject, has: Has): NotImported | undefined {
  if (isJsonObject(has('conditions'))) return undefined;
  const flat = Object.keys(value).find(isInner);
  if (flat === undefined) return undefined;
  return {
    code: 'flatPolicy',
    message: `is a policy written flat (\`${flat.slice(0, 60)}\` beside its name), as reports and scripts write it: ${FROM_GRAPH}`,
  };
}

const isInner = onceForEachName((name: string): boolean => {
  if (/^(conditions|grant_?controls|session_?controls)[._/]\w/i.test(name)) return true;
  return INNER_MEMBERS.has(comparable(name).replaceAll(' ', ''));
});

function ofGraph(has: Has): NotImported | undefined {
  const error = has('error');
  if (isJsonObject(error) && typeof error['code'] === 'string' && has('conditions') === undefined) {
    return { code: 'errorResponse', message: `is an error response of the service (${error['code']}), not an export` };
  }
  const isPart = ['conditions', 'grantControls', 'sessionControls'].some((name) => isJsonObject(has(name)));
  if (isPart && ['id', 'displayName', 'state', 'name'].every((name) => has(name) === undefined)) {
    return { code: 'partOfPolicy', message: 'is a part of a policy, without id, name and state' };
  }
  return undefined;
}

/**
 * Policies under their ids or names: an object of them is no list, and does not say that there are no others. Asked last, as an answer may
 * hold one policy under `value` or `body`, and an object of an SDK all its members among its extras.
 */
export function keyedPolicies(value: JsonObject): NotImported | undefined {
  const policies = Object.values(value);
  const isPolicy = (each: unknown) =>
    isJsonObject(each) && isJsonObject(memberOf(each, 'conditions')) && memberOf(each, 'state') !== undefined;
  if (policies.length === 0 || !policies.every(isPolicy)) return undefined;
  return {
    code: 'keyedPolicies',
    message: 'is policies under their ids or names: give a list of them, as `jq "[.[]]"` makes it',
  };
}

/**
 * Role assignments of other services, of groups, and requests for assignments. What holds in an application alone has `appScopeId` in
 * place of `directoryScopeId`, as in entitlement management (CSDL-v1, unifiedRoleAssignment), whatever its type.
 */
export function ofOtherRoles(has: Has): NotImported | undefined {
  if (has('principalId') === undefined && has('subjectId') === undefined) return undefined;
  const role = has('roleDefinitionId');
  const scopes = [role, has('scope'), has('resourceId')].filter((each) => typeof each === 'string');
  if (scopes.some((each) => /^\/?(subscriptions|providers)\//i.test(each))) {
    return { code: 'notUsed', message: 'is a role assignment of Azure resources, which gsa has no use for' };
  }
  if (has('subjectId') !== undefined && role !== undefined && has('principalId') === undefined) {
    return { code: 'notUsed', message: `is a role assignment of a retired API: ${SCHEDULE_INSTANCES}` };
  }
  if (has('accessId') !== undefined && has('groupId') !== undefined) {
    return {
      code: 'notUsed',
      message: 'is a membership that Privileged Identity Management keeps: gsa has no use for it',
    };
  }
  if (role === undefined) return undefined;
  if (typeof has('action') === 'string') return SCHEDULE_REQUEST;
  const isOfApplication = saysSomething(has('appScopeId')) && !saysSomething(has('directoryScopeId'));
  return isOfApplication
    ? { code: 'notUsed', message: 'is a role assignment in an application (`appScopeId`), which gsa has no use for' }
    : undefined;
}

/** An object with a person and a role that has a member besides which no role assignment of Graph has. */
export function otherThanAssignment(member: string): NotImported {
  if (OF_REQUESTS.has(comparable(member))) return SCHEDULE_REQUEST;
  return {
    code: 'notUsed',
    message: `has \`${member.slice(0, 60)}\`, which no role assignment of Microsoft Graph has: ${SCHEDULE_INSTANCES}`,
  };
}

/** Members of `unifiedRoleAssignmentScheduleRequest` and its kin (CSDL-v1). */
const OF_REQUESTS: ReadonlySet<string> = new Set(
  'action targetScheduleId targetSchedule justification ticketInfo isValidationOnly approvalId completedDateTime createdBy customData'
    .split(' ')
    .map(comparable),
);

export const SCHEDULE_REQUEST: NotImported = {
  code: 'scheduleRequest',
  message: `is a request for a role assignment, not what holds: ${SCHEDULE_INSTANCES}`,
};

function isSignIn(has: Has): boolean {
  const category = has('category');
  if (typeof category === 'string' && /signinlogs$/i.test(category) && has('properties') !== undefined) return true;
  return (
    (has('ipAddress') !== undefined && has('createdDateTime') !== undefined) ||
    has('appliedConditionalAccessPolicies') !== undefined ||
    has('conditionalAccessStatus') !== undefined
  );
}
