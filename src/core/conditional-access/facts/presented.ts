import type { Identity, SignInAttempt, Target } from '../../signaling/attempt.ts';
import type { CompileContext } from '../conditions/context.ts';
import { isFromElsewhere, trustedClaims } from './inbound-trust.ts';
import type { Subject } from './subject.ts';
import { resolveSubject } from './subject.ts';
import { AGENT_TOKEN_EXCHANGE } from './well-known-applications.ts';

/**
 * The sign-in as the tenant takes it, before policies are asked: whether an agent signs in, where the tenant knows it, and which
 * claims of a person from another tenant it trusts. The same object where the tenant has nothing to add.
 */
export function presented(context: CompileContext, attempt: SignInAttempt): SignInAttempt {
  const { identity } = attempt;
  if (isPlainlyOwn(context, identity)) return attempt;
  const subject = resolveSubject(context.people, identity);
  if (subject.isAgent === true) {
    return { ...attempt, identity: { ...identity, isAgent: true }, target: targetOfAgent(context, attempt.target) };
  }
  return subject.kind === 'user' ? trustedClaims(context.tenant, attempt, subject) : attempt;
}

/** "Conditional Access doesn't apply to agents when Security defaults are enabled" (AGENT). */
function targetOfAgent({ tenant }: CompileContext, target: Target): Target {
  if (target.kind === 'application' && tenant.settings.securityDefaults === true) {
    return { ...target, isUnderSecurityDefaults: true };
  }
  return exchangeOf(target);
}

/**
 * Whether the tenant has nothing to add to any sign-in of this identity, whose subject this is; the same as that `presented` gives them
 * back.
 */
export function isTakenAsItIs(context: CompileContext, identity: Identity, subject: Subject): boolean {
  if (isPlainlyOwn(context, identity)) return true;
  return subject.isAgent !== true && !(subject.kind === 'user' && isFromElsewhere(subject));
}

/** Whether it shows without asking who it is. */
function isPlainlyOwn({ people }: CompileContext, identity: Identity): boolean {
  const mayBeAgent = identity.isAgent === true || people.hasAgents;
  return !mayBeAgent && !(identity.kind === 'user' && identity.externalUserType !== 'none');
}

function exchangeOf(target: Target): Target {
  if (target.kind !== 'application' || target.audiences === undefined || target.audiences.length === 0) return target;
  const isExchange = target.audiences.every(({ appId }) => appId.toLowerCase() === AGENT_TOKEN_EXCHANGE);
  return isExchange ? { ...target, isAgentExchange: true } : target;
}
