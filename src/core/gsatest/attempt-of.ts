import { withTunnelOwner } from '../conditional-access/facts/tunnel-owner.ts';
import type { GrantControl } from '../graph/controls.ts';
import { GRANT_CONTROL_NAMES, GRANT_CONTROLS } from '../graph/controls.ts';
import type { ExternalUserType } from '../graph/words.ts';
import type { AddressFacts, Identity, NetworkPath, Satisfied, SignInAttempt, Target } from '../signaling/attempt.ts';
import type { Resolved, Scene } from './scene.ts';
import { resolveAddress, resolveApplication, resolvePath, resolveServicePrincipal, resolveUser } from './scene.ts';
import type { FilePath, PathFixture, SignInSpec, SuiteProblem } from './suite.ts';

/** What a test says over what the file says for all. */
export function withDefaults(defaults: SignInSpec | undefined, ...own: readonly Partial<SignInSpec>[]): SignInSpec {
  let whole: SignInSpec = defaults ?? { facts: {} };
  for (const spec of own) {
    const said = Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
    whole = { ...whole, ...dropRivals(whole, spec), ...said, facts: { ...whole.facts, ...spec.facts } };
  }
  return whole;
}

/** Drops rivals: where two members say the same thing in different ways, the nearer one counts. */
function dropRivals(whole: SignInSpec, spec: Partial<SignInSpec>): Partial<SignInSpec> {
  const rivals: readonly (readonly (keyof SignInSpec)[])[] = [
    ['user', 'servicePrincipal'],
    ['app', 'userAction', 'authenticationContext'],
    ['path', 'via'],
  ];
  const dropped = rivals.filter((group) => group.some((member) => spec[member] !== undefined)).flat();
  return Object.fromEntries(dropped.filter((member) => member in whole).map((member) => [member, undefined]));
}

/**
 * The sign-in of a test as the evaluator takes it. What the test leaves out is not known, with one exception that the format
 * makes: without `satisfied` the session has proven nothing yet.
 */
export function attemptOf(
  spec: SignInSpec,
  scene: Scene,
  path: FilePath,
): { readonly attempt: SignInAttempt } | { readonly problems: readonly SuiteProblem[] } {
  const problems: SuiteProblem[] = [];
  const take = <T>(resolved: Resolved<T>): T | undefined => {
    if ('value' in resolved) return resolved.value;
    problems.push(resolved.problem);
    return undefined;
  };
  const identity = take(identityOf(spec, scene, path));
  const target = take(targetOf(spec, scene, path));
  const source: AddressFacts | undefined =
    spec.from === undefined ? {} : take(resolveAddress(scene, spec.from, [...path, 'from']));
  const way = spec.path === undefined ? undefined : take(resolvePath(scene, spec.path, [...path, 'path']));
  const egress: AddressFacts | undefined =
    way?.egress === undefined ? {} : take(resolveAddress(scene, way.egress, egressPath(spec, scene)));
  if (problems.length > 0 || identity === undefined || target === undefined) return { problems };
  const country = spec.country === undefined ? source?.countryOrRegion : spec.country;
  const attempt: SignInAttempt = {
    ...spec.facts,
    identity,
    target,
    network: networkOf(way ?? { via: spec.via }, { ...source, countryOrRegion: country }, egress ?? {}),
    satisfied: satisfiedOf(spec, 'nothingSatisfied'),
  };
  return { attempt: withTunnelOwner(scene.compiled.people, attempt) };
}

function egressPath({ path = '' }: SignInSpec, { fixtures }: Scene): FilePath {
  return Object.hasOwn(fixtures.paths, path) ? ['fixtures', 'paths', path, 'egress'] : ['fixtures'];
}

function identityOf(spec: SignInSpec, scene: Scene, path: FilePath): Resolved<Identity> {
  if (spec.servicePrincipal !== undefined) {
    return resolveServicePrincipal(scene, spec.servicePrincipal, [...path, 'servicePrincipal']);
  }
  if (spec.user === undefined) {
    return { problem: { path, message: 'nobody signs in', hint: 'name a `user` or a `servicePrincipal`' } };
  }
  const user = resolveUser(scene, spec.user, [...path, 'user']);
  if ('problem' in user || user.value.kind !== 'user') return user;
  return {
    value: {
      ...user.value,
      ...(spec.externalUserType === undefined ? {} : { externalUserType: spec.externalUserType as ExternalUserType }),
      ...(spec.homeTenantId === undefined ? {} : { homeTenantId: spec.homeTenantId }),
    },
  };
}

function targetOf(spec: SignInSpec, scene: Scene, path: FilePath): Resolved<Target> {
  if (spec.userAction !== undefined) return { value: { kind: 'userAction', userAction: spec.userAction } };
  const app = spec.app === undefined ? undefined : resolveApplication(scene, spec.app, [...path, 'app']);
  if (app !== undefined && 'problem' in app) return app;
  const audiences = app === undefined ? undefined : [app.value];
  if (spec.authenticationContext === undefined)
    return { value: { kind: 'application', audiences, authenticationContexts: [] } };
  return { value: { kind: 'authenticationContext', authenticationContext: spec.authenticationContext, audiences } };
}

type Way = { readonly via: PathFixture['via'] | undefined } & Omit<PathFixture, 'via'>;

/** A paused client lets the sign-in go directly, and then there is no proxy. */
export function networkOf({ via, client, tunnel }: Way, source: AddressFacts, egress: AddressFacts): NetworkPath {
  if (via === undefined) return { via, source };
  if (via === 'direct' || client === 'disabled' || tunnel === 'none')
    return { via: 'direct', source, tunnelOfThisTenant: false };
  return {
    via: via === 'remoteNetwork' ? 'remoteNetwork' : 'globalSecureAccessClient',
    source,
    proxy: egress,
    tunnelOfThisTenant: tunnel === undefined ? undefined : tunnel === 'own',
  };
}

/**
 * What the session proves. Where nothing is said, a sign-in of a test has proven nothing, and a statement about all sign-ins
 * leaves it open. A device that is described proves what it is by itself.
 */
export function satisfiedOf(
  { satisfied: said, facts }: SignInSpec,
  unsaid: 'nothingSatisfied' | 'anythingSatisfied',
): Satisfied {
  if (said === undefined && unsaid === 'anythingSatisfied') return {};
  if (said !== undefined && !isList(said)) return said;
  const list = said ?? [];
  const isOpen = (control: GrantControl) =>
    facts.device !== undefined && GRANT_CONTROLS[control].provenBy === 'device' && !list.includes(control);
  return {
    ...Object.fromEntries(
      GRANT_CONTROL_NAMES.map((control) => [control, isOpen(control) ? undefined : list.includes(control)]),
    ),
    termsOfUseAccepted: [],
    customAuthenticationFactors: [],
  };
}

function isList(value: NonNullable<SignInSpec['satisfied']>): value is readonly string[] {
  return Array.isArray(value);
}
