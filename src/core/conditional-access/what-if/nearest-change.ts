import type { GrantControl } from '../../graph/controls.ts';
import { GRANT_CONTROL_NAMES, GRANT_CONTROLS } from '../../graph/controls.ts';
import { factNamed, LEVELS } from '../../graph/sign-in-facts.ts';
import { DEVICE_PLATFORMS, startingWith } from '../../graph/words.ts';
import { firstAddress } from '../../network/range.ts';
import { boundaries, lookup } from '../../network/range-index.ts';
import type { Device, Satisfied, SignInAttempt } from '../../signaling/attempt.ts';
import type { ObserveOptions } from '../../signaling/observe.ts';
import { observe } from '../../signaling/observe.ts';
import { isCountryNamedLocation, looksUpByGps } from '../../tenant/named-location.ts';
import type { SignalingStatus } from '../../tenant/tenant.ts';
import { otherStatus } from '../../tenant/tenant.ts';
import type { CompiledTenant } from '../compile.ts';
import { decide } from '../fast/decide.ts';
import type { Outcome } from '../result.ts';

/** A single fact of a sign-in, otherwise. */
export interface Change {
  readonly kind:
    | 'control'
    | 'device'
    | 'signaling'
    | 'path'
    | 'address'
    | 'country'
    | 'clientAppType'
    | 'devicePlatform'
    | 'risk';
  /** A phrase that completes "it would be otherwise …". */
  readonly text: string;
}

/** A change together with what would come of it, as worked out by judging the changed sign-in. */
export interface NearestChange {
  readonly change: Change;
  readonly outcome: Outcome;
}

/** A sign-in and the setting it is judged under. */
export interface Situation {
  readonly attempt: SignInAttempt;
  readonly signalingStatus: SignalingStatus;
  readonly options: ObserveOptions;
}

type Candidate = { readonly change: Change; readonly situation: Situation };

/**
 * Single changes that turn the outcome, the nearest first: what the user can do at the prompt, then the device, then how and
 * from where the sign-in comes, then the client. Each is verified by judging the changed sign-in. Where access is not granted,
 * changes that grant it come before those that only change the refusal.
 */
export function changesThatTurn(compiled: CompiledTenant, situation: Situation): NearestChange[] {
  const before = outcomeOf(compiled, situation);
  const turning = candidates(compiled, situation)
    .map(({ change, situation: changed }) => ({ change, outcome: outcomeOf(compiled, changed) }))
    .filter(({ outcome }) => outcome !== before && outcome !== 'unknown');
  return [
    ...turning.filter(({ outcome }) => outcome === 'granted'),
    ...turning.filter(({ outcome }) => outcome !== 'granted'),
  ];
}

/** The record speaks of the sign-in as it was, so a changed one is judged without it. */
function outcomeOf(compiled: CompiledTenant, { attempt, signalingStatus, options }: Situation): Outcome {
  return decide(compiled, attempt, observe(attempt, signalingStatus, options)).outcome;
}

function candidates(compiled: CompiledTenant, situation: Situation): Candidate[] {
  return [
    ...controlCandidates(compiled, situation),
    ...deviceCandidates(situation),
    ...networkCandidates(situation),
    ...addressCandidates(compiled, situation),
    ...clientCandidates(situation),
  ];
}

function withAttempt(
  situation: Situation,
  kind: Change['kind'],
  text: string,
  changes: Partial<SignInAttempt>,
): Candidate {
  const attempt: SignInAttempt = { ...situation.attempt, ...changes, testimony: undefined };
  return { change: { kind, text }, situation: { ...situation, attempt } };
}

/** What is proven on the way: a new password is chosen behind multifactor authentication (D-GRANT). */
const ASKED_BEFORE: Partial<Readonly<Record<GrantControl, Satisfied>>> = { passwordChange: { mfa: true } };

/** Prompts that the user could answer: multifactor authentication, terms of use, custom controls, a new password. */
function controlCandidates(compiled: CompiledTenant, situation: Situation): Candidate[] {
  const { satisfied } = situation.attempt;
  const grants = compiled.policies.map(({ policy }) => policy.grantControls);
  const terms = grants.flatMap((grant) => grant?.termsOfUse ?? []);
  const factors = grants.flatMap((grant) => grant?.customAuthenticationFactors ?? []);
  const prompts = GRANT_CONTROL_NAMES.filter((name) => name !== 'mfa' && GRANT_CONTROLS[name].interactive);
  const control = (text: string, more: Partial<SignInAttempt['satisfied']>) =>
    withAttempt(situation, 'control', text, { satisfied: { ...satisfied, ...more } });
  return [
    control(GRANT_CONTROLS.mfa.otherwise, { mfa: true }),
    control('with a phishing-resistant method', { mfa: true, authenticationMethodCombination: 'fido2' }),
    ...(terms.length === 0
      ? []
      : [control('with the terms of use accepted', { termsOfUseAccepted: [...new Set(terms)] })]),
    ...(factors.length === 0
      ? []
      : [control('with the custom controls passed', { customAuthenticationFactors: [...new Set(factors)] })]),
    ...prompts.map((name) => control(GRANT_CONTROLS[name].otherwise, { ...ASKED_BEFORE[name], [name]: true })),
  ];
}

/** Attributes of a device that proves a control. */
const DEVICE_OF: Partial<Readonly<Record<GrantControl, Device>>> = {
  compliantDevice: { isCompliant: true },
  domainJoinedDevice: { trustType: 'ServerAD' },
};

function deviceCandidates(situation: Situation): Candidate[] {
  const { device, satisfied } = situation.attempt;
  const known: Device = device ?? {};
  return GRANT_CONTROL_NAMES.filter((name) => !GRANT_CONTROLS[name].interactive).map((name) =>
    withAttempt(situation, 'device', GRANT_CONTROLS[name].otherwise, {
      ...(DEVICE_OF[name] === undefined ? {} : { device: { ...known, ...DEVICE_OF[name] } }),
      satisfied: { ...satisfied, [name]: true },
    }),
  );
}

function networkCandidates(situation: Situation): Candidate[] {
  const { network } = situation.attempt;
  const other = otherStatus(situation.signalingStatus);
  const signaling: Candidate = {
    change: { kind: 'signaling', text: `with signaling ${other}` },
    situation: { ...situation, attempt: { ...situation.attempt, testimony: undefined }, signalingStatus: other },
  };
  const through = { ...network, via: 'globalSecureAccessClient' as const, tunnelOfThisTenant: true };
  return [
    signaling,
    network.via === 'direct'
      ? withAttempt(situation, 'path', 'through the Global Secure Access client', { network: through })
      : withAttempt(situation, 'path', 'without Global Secure Access', { network: { ...network, via: 'direct' } }),
  ];
}

/** One address of each named location, one of none, and the countries of country locations. */
function addressCandidates({ locations, tenant }: CompiledTenant, situation: Situation): Candidate[] {
  const { network } = situation.attempt;
  const { source } = network;
  const moved = (text: string, address: typeof source.address) =>
    withAttempt(situation, 'address', text, { network: { ...network, source: { ...source, address } } });
  const inside = locations.list.flatMap(({ location, ranges }) => {
    const range = ranges.find(({ version }) => version === (source.address?.version ?? 4)) ?? ranges.at(0);
    return range === undefined
      ? []
      : [moved(`from an address in ${location.displayName} (${range.text})`, firstAddress(range))];
  });
  const nowhere = boundaries(locations.index).find((address) => lookup(locations.index, address).length === 0);
  const countries = tenant.namedLocations.flatMap((location) => {
    const [country] = isCountryNamedLocation(location) && !looksUpByGps(location) ? location.countriesAndRegions : [];
    const network_ = { ...network, source: { ...source, countryOrRegion: country } };
    return country === undefined
      ? []
      : [withAttempt(situation, 'country', `from ${country} (${location.displayName})`, { network: network_ })];
  });
  return [
    ...inside,
    ...(nowhere === undefined ? [] : [moved('from an address in no named location', nowhere)]),
    ...countries,
  ];
}

function clientCandidates(situation: Situation): Candidate[] {
  const clients = ['browser', 'mobileAppsAndDesktopClients'] as const;
  // Windows Phone has no support any more.
  const current = DEVICE_PLATFORMS.filter((platform) => platform !== 'windowsPhone');
  const platforms = startingWith(current, 'windows', 'macOS', 'iOS');
  return [
    ...clients.map((clientAppType) =>
      withAttempt(situation, 'clientAppType', `with client app type ${clientAppType}`, { clientAppType }),
    ),
    ...platforms.map((devicePlatform) =>
      withAttempt(situation, 'devicePlatform', `on ${devicePlatform}`, { devicePlatform }),
    ),
    ...LEVELS.flatMap(({ fact }) => {
      const { option } = factNamed(fact);
      return option === undefined ? [] : [withAttempt(situation, 'risk', `without ${option.says}`, { [fact]: 'none' })];
    }),
  ];
}
