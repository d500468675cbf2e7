import type { Outcome } from '../src/core/conditional-access/result.ts';
import type { IpNamedLocation } from '../src/core/tenant/named-location.ts';
import type { ConditionalAccessPolicy } from '../src/core/tenant/policy.ts';
import type { Tenant } from '../src/core/tenant/tenant.ts';
import type { GeneratedSignIn } from './generated-tenant.ts';

/** Whether a sign-in is granted, as Cedar decides; it has no word for a prompt. */
export type CedarJudge = (signIn: GeneratedSignIn) => boolean;

/** The same tenant in Cedar: one `forbid` for each enabled policy under one `permit`; `undefined` where Cedar is not installed. */
export async function cedar(tenant: Tenant): Promise<CedarJudge | undefined> {
  const module = await import('@cedar-policy/cedar-wasm/nodejs').catch(() => undefined);
  if (module === undefined) return undefined;
  const policies = tenant.policies.filter(({ state }) => state === 'enabled').map((policy) => forbid(policy, tenant));
  const staticPolicies = ['permit (principal, action, resource);', ...policies].join('\n');
  const parsed = module.preparsePolicySet('tenant', { staticPolicies });
  if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join('\n'));
  const groupsOf = new Map<string, string[]>();
  for (const { id, members = [] } of tenant.groups ?? []) {
    for (const member of members) groupsOf.set(member, [...(groupsOf.get(member) ?? []), id]);
  }
  return ({ attempt, userId, appId, ipAddress }) => {
    const answer = module.statefulIsAuthorized({
      principal: { type: 'User', id: userId },
      action: { type: 'Action', id: 'signIn' },
      resource: { type: 'App', id: appId },
      context: {
        ip: { __extn: { fn: 'ip', arg: ipAddress } },
        client: attempt.clientAppType ?? '',
        platform: attempt.devicePlatform ?? '',
        risk: attempt.signInRiskLevel ?? '',
        mfa: attempt.satisfied.mfa === true,
        compliantDevice: attempt.satisfied.compliantDevice === true,
      },
      preparsedPolicySetId: 'tenant',
      entities: [
        {
          uid: { type: 'User', id: userId },
          attrs: {},
          parents: (groupsOf.get(userId) ?? []).map((id) => ({ type: 'Group', id })),
        },
      ],
    });
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('\n'));
    return answer.response.decision === 'allow';
  };
}

export function isGranted(outcome: Outcome): boolean {
  return outcome === 'granted';
}

function forbid({ conditions, grantControls }: ConditionalAccessPolicy, tenant: Tenant): string {
  const { applications, users, clientAppTypes, platforms, locations, signInRiskLevels } = conditions;
  const whens = [
    anyOf(applications?.includeApplications, (id) => `resource == App::"${id}"`),
    `!${anyOf(applications?.excludeApplications, (id) => `resource == App::"${id}"`)}`,
    anyOf([...(users?.includeUsers ?? []), ...(users?.includeGroups ?? [])], (id) =>
      id.startsWith('b') ? `principal in Group::"${id}"` : `principal == User::"${id}"`,
    ),
    `!${anyOf(users?.excludeGroups, (id) => `principal in Group::"${id}"`)}`,
    ...(clientAppTypes?.includes('all') === true
      ? []
      : [anyOf(clientAppTypes, (type) => `context.client == "${type}"`)]),
    ...(platforms === undefined
      ? []
      : [`!${anyOf(platforms?.excludePlatforms, (type) => `context.platform == "${type}"`)}`]),
    ...(signInRiskLevels === undefined ? [] : [anyOf(signInRiskLevels, (level) => `context.risk == "${level}"`)]),
    ...(locations === undefined
      ? []
      : [anyOf(locations?.includeLocations, inLocation), `!${anyOf(locations?.excludeLocations, inLocation)}`]),
  ];
  const controls = (grantControls?.builtInControls ?? []).map((control) =>
    control === 'block' ? 'false' : `context.${control}`,
  );
  return `forbid (principal, action, resource) when { ${whens.join(' && ')} } unless { ${controls.join(grantControls?.operator === 'AND' ? ' && ' : ' || ')} };`;

  function inLocation(id: string): string {
    const all = tenant.namedLocations as readonly IpNamedLocation[];
    const held = all.filter((location) => (id === 'AllTrusted' ? location.isTrusted === true : location.id === id));
    const texts = held.flatMap(({ ipRanges }) => ipRanges.map(({ cidrAddress = '' }) => cidrAddress));
    return anyOf(
      id === 'AllTrusted' ? [...texts, ...(tenant.mfaTrustedIps ?? [])] : texts,
      (text) => `context.ip.isInRange(ip("${text}"))`,
    );
  }
}

function anyOf(list: readonly string[] | null | undefined, term: (item: string) => string): string {
  if (list?.includes('All') === true) return '(true)';
  return list === null || list === undefined || list.length === 0 ? '(false)' : `(${list.map(term).join(' || ')})`;
}
