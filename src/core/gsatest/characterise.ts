import { findApplication, nameOfApplication } from '../conditional-access/facts/application-names.ts';
import type { SignInAttempt } from '../signaling/attempt.ts';
import { findUser } from '../tenant/lookup.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import { attemptOf } from './attempt-of.ts';
import { decidingOf, locationsOf } from './compare.ts';
import type { Judged } from './explain.ts';
import { judge } from './judge.ts';
import type { Scene } from './scene.ts';
import type { Fixtures, PathFixture, PlainFacts, SignInSpec } from './suite.ts';

/** A test that says what a sign-in does today, in the words of the file format. */
export interface Characteristic {
  readonly name: string;
  readonly signaling: SignalingStatus;
  readonly signIn: Readonly<Record<string, unknown>>;
  readonly expect: Readonly<Record<string, unknown>>;
  /** Recorded sign-ins that it stands for. */
  readonly count: number;
}

/**
 * What recorded sign-ins do today, one test for each person, application, way and result: the first of its kind speaks for the
 * others. What the record said was decided is left out, so that the tests stand on facts alone.
 */
export class Characterisation {
  readonly #scene: Scene;
  readonly #found = new Map<string, Characteristic>();
  readonly #leftOut = new Map<string, number>();
  readonly #paths = new Map<string, PathFixture>();
  /** Ids of applications by a name that only the records know. */
  #applications: Fixtures['applications'] = {};

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  add(recorded: SignInAttempt, signaling: SignalingStatus): void {
    const words = wordsOf(recorded, this.#scene);
    if (typeof words === 'string') {
      this.#leftOut.set(words, (this.#leftOut.get(words) ?? 0) + 1);
      return;
    }
    const { path } = words;
    const application = this.#nameOnRecord(recorded);
    const spec = application === undefined ? words.spec : { ...words.spec, app: application };
    const scene = this.#sceneWith(path);
    const made = attemptOf(spec, scene, []);
    if (!('attempt' in made)) return;
    const judged = judge(scene, made.attempt, signaling);
    const { outcome, decidedBy } = judged.evaluation;
    const key = JSON.stringify([spec.user, spec.app, recorded.network.via, signaling, outcome, decidedBy]);
    const known = this.#found.get(key);
    if (known !== undefined) {
      this.#found.set(key, { ...known, count: known.count + 1 });
      return;
    }
    if (path !== undefined) this.#paths.set(path.name, path.fixture);
    this.#found.set(key, {
      name: this.#nameOf(spec, recorded, judged),
      signaling,
      signIn: signInWords(spec),
      expect: expectationOf(judged),
      count: 1,
    });
  }

  /** The most frequent first. */
  tests(limit: number): readonly Characteristic[] {
    return [...this.#found.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)).slice(0, limit);
  }

  get size(): number {
    return this.#found.size;
  }

  /** Ways through Global Secure Access that the tests name. */
  paths(tests: readonly Characteristic[]): Readonly<Record<string, PathFixture>> {
    const used = new Set(tests.map(({ signIn }) => signIn['path']));
    return Object.fromEntries([...this.#paths].filter(([name]) => used.has(name)).sort());
  }

  /** Ids of the applications that the tests name and the tenant does not. */
  applications(tests: readonly Characteristic[]): Readonly<Record<string, string>> {
    const used = new Set(tests.map(({ signIn }) => signIn['app']));
    return Object.fromEntries(
      Object.entries(this.#applications)
        .filter(([name]) => used.has(name))
        .sort(),
    );
  }

  /** The record's name for an application that the tenant does not name; `undefined` where the name is anothers too. */
  #nameOnRecord({ target }: SignInAttempt): string | undefined {
    const [audience] = target.kind === 'application' ? (target.audiences ?? []) : [];
    const name = audience?.displayName?.trim() ?? '';
    if (audience === undefined || name === '' || name.toLowerCase() === 'all') return undefined;
    const { tenant } = this.#scene;
    const isNamed = (text: string) => !('near' in findApplication(tenant, text));
    if (isNamed(name) || nameOfApplication(tenant, { appId: audience.appId }) !== audience.appId) return undefined;
    const taken = Object.hasOwn(this.#applications, name) ? this.#applications[name] : undefined;
    if (taken === undefined) this.#applications = { ...this.#applications, [name]: audience.appId };
    else if (taken.toLowerCase() !== audience.appId.toLowerCase()) return undefined;
    return name;
  }

  #sceneWith(path: NamedPath | undefined): Scene {
    const scene = path === undefined ? this.#scene : withPath(this.#scene, path);
    return { ...scene, fixtures: { ...scene.fixtures, applications: this.#applications } };
  }

  /** Sign-ins that no test can be made of, by reason. */
  leftOut(): readonly { readonly reason: string; readonly count: number }[] {
    return [...this.#leftOut].map(([reason, count]) => ({ reason, count }));
  }

  #nameOf({ user, app }: SignInSpec, { network }: SignInAttempt, { evaluation, signaling }: Judged): string {
    const way = network.via === undefined ? '' : ` ${WAYS[network.via]}`;
    const where = network.source.address === undefined ? '' : ` from ${network.source.address.text}`;
    const status = network.via === 'direct' ? '' : ` with signaling ${signaling}`;
    const name = `${user ?? 'somebody'} on ${app ?? 'an unknown application'}${where}${way}${status} is ${evaluation.outcome}`;
    const taken = new Set([...this.#found.values()].map((each) => each.name));
    let number = 2;
    let unique = name;
    while (taken.has(unique)) unique = `${name} (${number++})`;
    return unique;
  }
}

const WAYS = {
  globalSecureAccessClient: 'through Global Secure Access',
  remoteNetwork: 'through a remote network',
  direct: 'directly',
} as const;

interface NamedPath {
  readonly name: string;
  readonly fixture: PathFixture;
}

/** The sign-in in the words of the format, or why there are none for it. */
function wordsOf(
  attempt: SignInAttempt,
  { tenant }: Scene,
): { spec: SignInSpec; path: NamedPath | undefined } | string {
  const { identity, target, network, satisfied } = attempt;
  if (identity.kind !== 'user') return 'not a person';
  const user = identity.userPrincipalName ?? identity.userId;
  if (user === undefined) return 'nobody is named';
  if (tenant.users !== undefined && !('found' in findUser(tenant, user))) return 'the person is not in the tenant';
  if (target.kind !== 'application') return 'not an application';
  const [audience] = target.audiences ?? [];
  const byName = findApplication(tenant, audience?.displayName ?? '');
  const isSame = 'found' in byName && byName.found.appId.toLowerCase() === audience?.appId.toLowerCase();
  const path = pathOf(attempt);
  // The tenant knows its own members.
  const isMember = tenant.users !== undefined && (identity.externalUserType ?? 'none') === 'none';
  return {
    path,
    spec: {
      user,
      app: isSame ? audience?.displayName : audience?.appId,
      from: network.source.address?.text,
      country: network.source.countryOrRegion,
      path: path?.name,
      externalUserType: isMember ? undefined : identity.externalUserType,
      homeTenantId: isMember ? undefined : identity.homeTenantId,
      satisfied: Object.fromEntries(Object.entries(satisfied).filter(([, value]) => value !== undefined)),
      facts: factsOf(attempt),
    },
  };
}

function pathOf({ network: { via, proxy, tunnelOfThisTenant } }: SignInAttempt): NamedPath | undefined {
  if (via === undefined) return undefined;
  if (via === 'direct') return { name: 'direct', fixture: { via } };
  const short = via === 'remoteNetwork' ? 'remoteNetwork' : 'globalSecureAccess';
  const egress = proxy?.address?.text;
  const isForeign = tunnelOfThisTenant === false;
  if (egress === undefined && !isForeign) return { name: short, fixture: { via: short } };
  const name = `${short}${isForeign ? ' of another tenant' : ''}${egress === undefined ? '' : ` by ${egress}`}`;
  return { name, fixture: { via: short, egress, ...(isForeign ? { tunnel: 'foreign' as const } : {}) } };
}

function factsOf(attempt: SignInAttempt): PlainFacts {
  const { clientAppType, devicePlatform, device, signInRiskLevel, userRiskLevel, authenticationFlow } = attempt;
  return {
    clientAppType,
    devicePlatform,
    device: withoutId(device),
    signInRiskLevel,
    userRiskLevel,
    authenticationFlow,
    originalTransferMethod: attempt.originalTransferMethod,
  };
}

/** Which device it was is of no interest; what is known of it is. */
function withoutId(device: SignInAttempt['device']): SignInAttempt['device'] {
  if (device === undefined || device === null) return device;
  const { deviceId: _, displayName: __, ...attributes } = device;
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

function signInWords({ facts, ...spec }: SignInSpec): Record<string, unknown> {
  return known({ ...spec, ...facts });
}

function expectationOf({ evaluation }: Judged): Record<string, unknown> {
  const { outcome, observation, policies, status, missing } = evaluation;
  const deciding = decidingOf(evaluation).map(({ displayName }) => displayName);
  const applied = policies.filter(({ applies, result }) => applies === true && result !== 'notEnabled');
  return known({
    outcome,
    ipAddress: observation.ipAddress?.text,
    locations: observation.ipAddress === undefined ? undefined : locationsOf(evaluation),
    decidedBy: deciding.length === 0 || outcome === 'unknown' ? undefined : deciding,
    errorCode: outcome === 'granted' ? undefined : status.errorCode,
    policies:
      applied.length === 0
        ? undefined
        : Object.fromEntries(applied.map(({ displayName, result }) => [displayName, result])),
    missing: outcome === 'unknown' ? [...new Set(missing.map(({ fact }) => fact))] : undefined,
  });
}

function known(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function withPath(scene: Scene, { name, fixture }: NamedPath): Scene {
  return { ...scene, fixtures: { ...scene.fixtures, paths: { ...scene.fixtures.paths, [name]: fixture } } };
}
