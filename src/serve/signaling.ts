import type { PolicyDependency } from '../core/dependencies/dependency.ts';
import type { OpenFact } from '../core/dependencies/open-facts.ts';
import { openStatus } from '../core/dependencies/open-facts.ts';
import { switchFindings } from '../core/dependencies/switch-findings.ts';
import { SIGNALING_STATUSES } from '../core/graph/words.ts';
import { prerequisites } from '../core/signaling/prerequisites.ts';
import { planSignaling } from '../core/tenant/plans/objects.ts';
import type { SignalingStatus, Tenant } from '../core/tenant/tenant.ts';
import { isSignalingStatusAssumed } from '../core/tenant/tenant.ts';
import { plural } from '../core/values/plural.ts';
import { objectOf, writable } from './body.ts';
import type { Answer, Call } from './call.ts';
import { entity, NO_CONTENT } from './call.ts';
import { changeTenant } from './change-tenant.ts';
import { checkMembers, SIGNALING_TYPE } from './declared-members.ts';
import { badRequest, GraphError } from './graph-error.ts';
import { selected } from './list.ts';
import type { World } from './world.ts';

/** `networkAccess/settings/conditionalAccess` (GDOC networkaccess-conditionalaccesssettings-get and -update), beta only. */
export function getSignaling(call: Call, { state }: World): Answer {
  const { signalingStatus } = state.read().tenant.globalSecureAccess.conditionalAccess;
  return {
    status: 200,
    body: entity(call, 'networkAccess/settings/conditionalAccess/$entity', selected(call, { signalingStatus })),
  };
}

/**
 * The switch. Graph makes it without a question; here it is refused where it would change what policies enforce, unless the
 * server was told to let it through.
 */
export async function updateSignaling(call: Call, world: World): Promise<Answer> {
  const body = writable(objectOf(call.body()));
  checkMembers(body, SIGNALING_TYPE);
  const to = statusOf(body['signalingStatus']);
  if (to === undefined) return NO_CONTENT;
  await changeTenant(call, world, 'signaling.write', (tenant, caller, now) => {
    checkSwitch(tenant, to, world);
    return planSignaling(tenant, to, now, caller.name);
  });
  return NO_CONTENT;
}

function statusOf(said: unknown): SignalingStatus | undefined {
  if (said === undefined) return undefined;
  const status = SIGNALING_STATUSES.find((each) => each === said);
  if (status === undefined) {
    throw badRequest(
      `Invalid value specified for property 'signalingStatus': one of ${SIGNALING_STATUSES.join(', ')}.`,
    );
  }
  return status;
}

function checkSwitch(tenant: Tenant, to: SignalingStatus, { guarded, onRefused }: World): void {
  const isSo = tenant.globalSecureAccess.conditionalAccess.signalingStatus === to;
  if (isSo && !isSignalingStatusAssumed(tenant)) return;
  if (to === 'enabled') {
    const unmet = prerequisites(tenant).find(({ id, holds }) => holds === 'no' && id !== 'microsoftTrafficProfile');
    if (unmet !== undefined) throw badRequest(`A prerequisite is not met: ${unmet.name}, ${unmet.detail}.`);
    return;
  }
  if (!guarded) return;
  const { dependents, notKnown: open } = switchFindings(tenant, to);
  const notKnown = [...openStatus(tenant, to), ...open];
  if (dependents.length + notKnown.length === 0) return;
  onRefused(dependents);
  throw refusedSwitch(dependents, notKnown);
}

/** 409 with every policy whose enforcement the switch changes, or may, and with what is not known. */
function refusedSwitch(dependents: readonly PolicyDependency[], notKnown: readonly OpenFact[]): GraphError {
  const isUnseen = notKnown.some(({ fact }) => fact === 'policies');
  const those =
    dependents.length > 0
      ? `${plural(dependents.length, 'policy', 'policies')} ${dependents.length === 1 ? 'enforces' : 'enforce'}, or may, on what it changes`
      : isUnseen
        ? 'policies that nobody has seen enforce, or may, on what it changes'
        : 'nobody said whether it is enabled';
  return new GraphError(
    409,
    'Conflict',
    `Refused by gsa, not by Microsoft: this would disable signaling while ${those}. ` +
      'Nothing was written. See them with `gsa signaling disable --dry-run`; --allow answers as Microsoft does.',
    {
      details: [
        ...dependents.map(({ policyId, displayName, onDisable }) => ({
          code: onDisable.effects.join(','),
          target: policyId,
          message: `${displayName}: ${onDisable.reason}`,
        })),
        ...notKnown.map(({ fact, settle }) => ({
          code: 'unknown',
          target: fact,
          message: `not known: ${fact}; ${settle}`,
        })),
      ],
    },
  );
}
