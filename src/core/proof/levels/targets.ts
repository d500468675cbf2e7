import {
  ANY_OTHER_APPLICATION,
  tabledAudiences,
  wellKnownKinds,
} from '../../conditional-access/facts/well-known-audiences.ts';
import { isIntuneEnrollment } from '../../conditional-access/grant/controls.ts';
import { USER_ACTIONS } from '../../graph/words.ts';
import type { Audience, Target } from '../../signaling/attempt.ts';
import { KNOWN_RESOURCES } from '../../signaling/known-resources.ts';
import { canBeId } from '../../tenant/ids-of-lists.ts';
import { contextsOfPolicies } from '../../tenant/lost-lists.ts';
import { texts } from '../../tenant/policy-words.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { FLAGS } from './flags.ts';
import type { LevelValue } from './level.ts';

/** Resources besides: one for each kind of application of Microsoft that conditions tell apart. */
const WELL_KNOWN: readonly Audience[] = wellKnownKinds([
  ...KNOWN_RESOURCES,
  { appId: '497effe9-df71-4043-a8bb-14cf78c4b63b', displayName: 'Exchange Admin Center' },
  { appId: 'ffffffff-ffff-4fff-8fff-fffffffffff0', displayName: 'ZTNA Network Access Traffic Profile' },
]);

/** Everything that a sign-in can ask for in any of these tenants: resources, user actions, and authentication contexts of each resource. */
export function targets(tenants: readonly Tenant[]): LevelValue[] {
  const audiences = audiencesOf(tenants);
  const policies = tenants.flatMap((tenant) => tenant.policies);
  const actions = [
    ...USER_ACTIONS.map(({ urn }) => urn),
    ...policies.flatMap(({ conditions }) => texts(conditions?.applications?.includeUserActions)),
  ];
  return [
    ...audiences.map((audience) =>
      targetValue(nameOf(audience), {
        kind: 'application',
        audiences: [audience],
        areAllAudiences: true,
        authenticationContexts: [],
      }),
    ),
    ...distinct(actions).map((userAction) => targetValue(userAction, { kind: 'userAction', userAction })),
    ...distinct(contextsOfPolicies(policies)).flatMap((authenticationContext) =>
      audiences.map((audience) =>
        targetValue(`${nameOf(audience)} with context ${authenticationContext}`, {
          kind: 'authenticationContext',
          authenticationContext,
          audiences: [audience],
        }),
      ),
    ),
  ];
}

export function targetValue(text: string, target: Target): LevelValue {
  return { text, part: { target }, flags: isIntuneEnrollment(target) ? FLAGS.intuneEnrollment : 0 };
}

function nameOf({ displayName, appId }: Audience): string {
  return displayName ?? appId;
}

function distinct(words: readonly string[]): string[] {
  return [...new Map(words.map((word) => [word.toLowerCase(), word])).values()];
}

/** Resources by application id, each once: of the tenants, of policies, the well-known ones and any other. */
function audiencesOf(tenants: readonly Tenant[]): Audience[] {
  const principals = tenants.flatMap(({ servicePrincipals }) => servicePrincipals ?? []);
  const named = tenants.flatMap((tenant) =>
    tenant.policies
      .flatMap(({ conditions }) => [
        ...texts(conditions?.applications?.includeApplications),
        ...texts(conditions?.applications?.excludeApplications),
      ])
      .filter((entry) => canBeId(tenant, 'applications', entry)),
  );
  const found = new Map<string, Audience>();
  for (const audience of [
    ...principals.flatMap(({ appId, displayName }) => (typeof appId === 'string' ? [{ appId, displayName }] : [])),
    ...WELL_KNOWN,
    ...tenants.flatMap(tabledAudiences),
    ...named.map((appId) => ({ appId })),
    ANY_OTHER_APPLICATION,
  ]) {
    if (!found.has(audience.appId.toLowerCase())) found.set(audience.appId.toLowerCase(), audience);
  }
  return [...found.values()];
}
