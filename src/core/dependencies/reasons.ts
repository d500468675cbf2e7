import { isStrictLocation } from '../conditional-access/grant/session-controls.ts';
import { modeOf } from '../conditional-access/policy-mode.ts';
import type { UnreadFact } from '../conditional-access/unread-facts.ts';
import type { ConditionKind } from '../graph/conditions.ts';
import { conditionNamed } from '../graph/conditions.ts';
import type { LocationCatalog, LocationReference } from '../tenant/location-references.ts';
import { locationIdsOf } from '../tenant/location-references.ts';
import { asksForControls } from '../tenant/lost-members.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { isSet } from '../tenant/policy-words.ts';
import type { SignalingStatus } from '../tenant/tenant.ts';
import type { DependencyPath, SwitchEffect } from './dependency.ts';

const IN_WORDS: Readonly<Record<SwitchEffect, string>> = {
  newlyBlocked: 'people are blocked',
  newlyDenied: 'people without the device or application it wants are denied',
  newlyPrompted: 'people are prompted',
  newlyLimited: 'its session controls begin to apply',
  newlyAllowed: 'people whom it stopped get through',
  lessProtected: 'it no longer protects',
  unknown: 'it may apply or cease to',
  logOnly: 'only the log changes, because it is report-only',
  none: 'nothing changes',
};

/** Why a switch to that status has these effects: what Microsoft Entra sees newly, and what follows. */
export function reasonForEffects(
  to: SignalingStatus,
  paths: readonly DependencyPath[],
  effects: readonly SwitchEffect[],
  assumed: readonly ConditionKind[],
  missing: readonly string[],
): string {
  const bySignal = paths.some(({ kind }) => kind === 'compliantNetwork');
  const byAddress = paths.some(({ kind, indirect }) => kind !== 'compliantNetwork' && indirect !== true);
  const seen = [...(byAddress || !bySignal ? [ADDRESS[to]] : []), ...(bySignal ? [SIGNAL[to]] : [])].join(' and ');
  // Which country a proxy's address maps to changes with the place the traffic leaves at, and is published nowhere (POP).
  const proxyCountry = paths.some(({ kind }) => kind === 'country')
    ? "; in which country the proxy's address lies is published nowhere"
    : '';
  const supposing =
    assumed.length === 0
      ? ''
      : `; supposing that these conditions hold: ${assumed.map((kind) => conditionNamed(kind).called).join(', ')}`;
  const open = effects.includes('unknown') && missing.length > 0 ? `; not known: ${missing.join(', ')}` : '';
  return `${seen}: ${effects.map((effect) => IN_WORDS[effect]).join(', ')}${proxyCountry}${supposing}${open}`;
}

const ADDRESS: Readonly<Record<SignalingStatus, string>> = {
  disabled: "Entra ID sees the proxy's address instead of the user's own",
  enabled: "Entra ID sees the user's own address instead of the proxy's",
};

const SIGNAL: Readonly<Record<SignalingStatus, string>> = {
  disabled: 'nobody is in the compliant network any more',
  enabled: 'people behind Global Secure Access are in the compliant network again',
};

/** Why a policy does the same at every address: it asks for nothing, or its location condition comes out the same (D-NET). */
export function reasonForNone(
  policy: ConditionalAccessPolicy,
  references: readonly LocationReference[],
  catalog: LocationCatalog,
): string {
  if (!asksForControls(policy.grantControls) && !isSet(policy.sessionControls)) return ASKS_FOR_NOTHING;
  if (references.length === 0) return NO_LOCATIONS;
  const { include, exclude } = {
    include: references.filter(({ side }) => side === 'include'),
    exclude: references.filter(({ side }) => side === 'exclude'),
  };
  if (include.length === 0) return 'it includes no location, so it applies nowhere';
  if (include.some(({ kind }) => kind === 'all') && exclude.length === 0) {
    return 'it includes every location and excludes none';
  }
  const excluded = stands(exclude, catalog);
  const left = stands(include, catalog).filter((id) => !excluded.includes(id) && !excluded.includes('all'));
  if (left.length === 0) {
    return 'it excludes every location that it includes, so it applies nowhere';
  }
  const told = references.filter(({ kind }) => kind !== 'all');
  if (told.every(({ kind }) => kind === 'gpsCountry')) {
    return 'its countries come from Microsoft Authenticator by GPS, not from the address';
  }
  if (told.every(({ kind }) => kind === 'allTrusted') && catalog.trusted.length === 0) {
    return 'no location is trusted';
  }
  if (isStrictLocation(policy.sessionControls)) {
    return "it enforces locations strictly, and the resources that it reaches see the proxy's address either way";
  }
  return "its locations hold the same of a user's public IPv4 addresses and of the proxy's: none, or all";
}

function stands(references: readonly LocationReference[], catalog: LocationCatalog): string[] {
  return references.flatMap((reference) => (reference.kind === 'all' ? ['all'] : locationIdsOf(reference, catalog)));
}

export const SIGN_IN_RISK =
  'affected, direction not known: the address feeds the sign-in risk, and which way a switch moves the level is documented nowhere';

export function reasonForUnread(unread: readonly UnreadFact[]): string {
  const factsOf = (wanted: UnreadFact['why']) => unread.flatMap(({ fact, why }) => (why === wanted ? [fact] : []));
  const [undocumented, lost] = [factsOf('undocumented'), factsOf('lost')];
  const why = [
    ...(undocumented.length === 0 ? [] : [`${undocumented.join(', ')} is documented nowhere`]),
    ...(lost.length === 0 ? [] : [`${lost.join(', ')} was lost in an export`]),
  ];
  return `affected or not, nobody can say: ${why.join(' and ')}, and may hang on the address or the signal`;
}

const ASKS_FOR_NOTHING = 'it has no grant or session control, so that it asks for nothing where it applies';

const NO_LOCATIONS =
  'it has no locations of its own: strict enforcement makes the policies that have some look at the resource too';

export const nobodyTunnelled = (because: string): string => `nobody comes through Global Secure Access: ${because}`;

export const DISABLED = 'the policy is disabled';
export const NO_PROXY = 'the tenant states no IPv4 egress range of Global Secure Access that can be read';

/** Report-only does not work for user actions, so such a policy reaches nobody until it is enabled (D-RO). */
export function reasonUnreachable(condition: ConditionKind, { state, conditions }: ConditionalAccessPolicy): string {
  const hasUserActions = (conditions.applications?.includeUserActions ?? []).length > 0;
  if (condition === 'application' && hasUserActions && modeOf(state) === 'reportOnly') {
    return 'it is about a user action, for which report-only does not work';
  }
  return `no sign-in can meet its condition on the ${conditionNamed(condition).called}`;
}

export function reasonForUnknownState(state: string): string {
  return `the state \`${state}\` is documented nowhere`;
}
