import type { SignInAttempt } from '../signaling/attempt.ts';
import { isLegacyClient } from '../conditional-access/conditions/client-app-types.ts';
import { FLAGS } from './flags.ts';
import type { LevelName, LevelValue } from './level.ts';

type SessionLevel = Exclude<LevelName, 'who' | 'what' | 'device' | 'where'>;

const RISKS = ['none', 'low', 'medium', 'high', 'hidden'] as const;
const FLOWS = ['none', 'deviceCodeFlow', 'authenticationTransfer'] as const;
const CLIENTS = ['browser', 'mobileAppsAndDesktopClients', 'exchangeActiveSync', 'easSupported', 'other'] as const;
const PLATFORMS = ['windows', 'macOS', 'iOS', 'android', 'linux', 'windowsPhone', null] as const;

/** Every value that Graph has for the facts that are enumerations, the ordinary one first. */
export const SESSION_VALUES: { readonly [name in SessionLevel]: readonly LevelValue[] } = {
  client: CLIENTS.map((clientAppType) => ({
    ...plain(clientAppType, { clientAppType }),
    flags: isLegacyClient(clientAppType) ? FLAGS.legacyClient : 0,
  })),
  platform: PLATFORMS.map((devicePlatform) => plain(devicePlatform ?? 'an unrecognised platform', { devicePlatform })),
  flow: FLOWS.flatMap((authenticationFlow) =>
    FLOWS.map((originalTransferMethod) =>
      plain(flowText(authenticationFlow, originalTransferMethod), { authenticationFlow, originalTransferMethod }),
    ),
  ),
  signInRisk: RISKS.map((signInRiskLevel) => plain(`sign-in risk ${signInRiskLevel}`, { signInRiskLevel })),
  userRisk: RISKS.map((userRiskLevel) => plain(`user risk ${userRiskLevel}`, { userRiskLevel })),
  servicePrincipalRisk: RISKS.map((servicePrincipalRiskLevel) =>
    plain(`service principal risk ${servicePrincipalRiskLevel}`, { servicePrincipalRiskLevel }),
  ),
  insiderRisk: (['none', 'minor', 'moderate', 'elevated'] as const).map((insiderRiskLevel) =>
    plain(`insider risk ${insiderRiskLevel}`, { insiderRiskLevel }),
  ),
};

function plain(text: string, part: Partial<SignInAttempt>): LevelValue {
  return { text, part, flags: 0 };
}

/** A session that began with a transfer keeps matching in its later flows (D-FLOW). */
function flowText(flow: string, original: string): string {
  if (flow === 'none' && original === 'none') return 'an ordinary flow';
  return original === 'none' || original === flow ? flow : `${flow === 'none' ? 'an ordinary flow' : flow} after ${original}`;
}
