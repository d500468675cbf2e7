import { SIGNALING_STATUSES, TRAFFIC_FORWARDING_TYPES } from '../../core/graph/words.ts';
import { parseRange } from '../../core/network/range.ts';
import { MAXIMUM_MFA_TRUSTED_IPS } from '../../core/tenant/limits.ts';
import type { JsonObject } from '../../core/tenant/plans/change.ts';
import type { ForwardingProfile } from '../../core/tenant/tenant.ts';
import { quoted } from '../text/excerpt.ts';
import type { ImportedSetting } from '../types.ts';
import type { Cursor } from './findings.ts';
import { readId } from './identity.ts';
import { checkRange } from './ip-ranges.ts';
import { object, text, textOrMissing, texts, truth, word } from './members.ts';

/** Settings of Global Secure Access (Graph `networkAccess`, META) and the trusted IPs of multifactor authentication. */

const members = object(
  { id: textOrMissing, isEnabled: truth, signalingStatus: text, onboardingStatus: text, mfaTrustedIps: texts },
  'keep',
);

/** Reads one settings object; it may hold more than one setting. */
export function readSettings(value: JsonObject, at: Cursor): readonly ImportedSetting[] {
  const { signalingStatus, onboardingStatus, mfaTrustedIps, ...others } = members(value, at.item('settings')) ?? {};
  const settings: ImportedSetting[] = [];
  const { isEnabled, id }: JsonObject = others;
  if (id === SECURITY_DEFAULTS && typeof isEnabled === 'boolean') {
    settings.push({ setting: 'securityDefaults', value: isEnabled });
  }
  if (typeof signalingStatus === 'string') {
    const status = SIGNALING_STATUSES.find((each) => each === signalingStatus);
    if (status !== undefined) {
      const value = { ...withoutAnnotations(others), signalingStatus: status };
      settings.push({ setting: 'conditionalAccess', value });
    } else at.error('unknownState', `${quoted(signalingStatus, 40)} is no signaling status: enabled or disabled`);
  }
  if (typeof onboardingStatus === 'string') settings.push({ setting: 'onboardingStatus', value: onboardingStatus });
  if (Array.isArray(mfaTrustedIps)) {
    mfaTrustedIps.forEach((range, position) => {
      checkRange(parseRange(range), range, 'ipv4', at.item('settings').member('mfaTrustedIps').element(position));
    });
    if (mfaTrustedIps.length > MAXIMUM_MFA_TRUSTED_IPS) {
      at.warning('manyRanges', `more than the ${MAXIMUM_MFA_TRUSTED_IPS} MFA trusted IP ranges of Microsoft Entra`);
    }
    settings.push({ setting: 'mfaTrustedIps', value: mfaTrustedIps });
  }
  return settings;
}

/** Graph's `identitySecurityDefaultsEnforcementPolicy`, one and the same in every tenant. */
export const SECURITY_DEFAULTS = '00000000-0000-0000-0000-000000000005';

/** An annotation says how the setting was asked for; everything else is a member of it, known or not. */
function withoutAnnotations(others: object): object {
  return Object.fromEntries(Object.entries(others).filter(([name]) => !name.includes('@')));
}

const profileMembers = object(
  {
    id: (value: unknown, at) => readId(value, at),
    name: textOrMissing,
    state: text,
    trafficForwardingType: word({ what: 'traffic forwarding type', words: TRAFFIC_FORWARDING_TYPES }),
  },
  'keep',
);

/** One traffic forwarding profile; those of a file make one setting. */
export function readForwardingProfile(value: JsonObject, at: Cursor): ForwardingProfile | undefined {
  const read = profileMembers(value, at);
  if (read === null || !at.sound) return undefined;
  const { id, state, trafficForwardingType } = read;
  if (id !== undefined && typeof state === 'string' && typeof trafficForwardingType === 'string') {
    return { ...read, id, state, trafficForwardingType };
  }
  at.error('missingMember', 'a forwarding profile needs `id`, `state` and `trafficForwardingType`');
  return undefined;
}
