import { isLegacyClient } from '../../conditional-access/facts/legacy-client.ts';
import type { ClientAppType } from '../../graph/words.ts';
import {
  CLIENT_APP_TYPES,
  DEVICE_PLATFORMS,
  INSIDER_RISK_LEVELS,
  RISK_LEVELS,
  TRANSFER_METHODS,
} from '../../graph/words.ts';
import type { SignInAttempt } from '../../signaling/attempt.ts';
import { FLAGS } from './flags.ts';
import type { LevelName, LevelValue } from './level.ts';

type SessionLevel = Exclude<LevelName, 'who' | 'what' | 'device' | 'where'>;

/** The words that Graph has for these facts, the ordinary one first. */
export const SESSION_VALUES: { readonly [name in SessionLevel]: readonly LevelValue[] } = {
  client: CLIENT_APP_TYPES.map((clientAppType) => ({
    ...plain(clientAppType, { clientAppType }),
    flags: flagsOfClient(clientAppType),
  })),
  platform: [...first('windows', DEVICE_PLATFORMS), null].map((devicePlatform) =>
    plain(devicePlatform ?? 'an unrecognised platform', { devicePlatform }),
  ),
  flow: first('none', TRANSFER_METHODS).flatMap((authenticationFlow) =>
    first('none', TRANSFER_METHODS).map((originalTransferMethod) => ({
      ...plain(flowText(authenticationFlow, originalTransferMethod), { authenticationFlow, originalTransferMethod }),
      flags: authenticationFlow === 'deviceCodeFlow' ? FLAGS.deviceCodeFlow : 0,
    })),
  ),
  signInRisk: first('none', RISK_LEVELS).map((signInRiskLevel) =>
    plain(`sign-in risk ${signInRiskLevel}`, { signInRiskLevel }),
  ),
  userRisk: first('none', RISK_LEVELS).map((userRiskLevel) => plain(`user risk ${userRiskLevel}`, { userRiskLevel })),
  servicePrincipalRisk: first('none', RISK_LEVELS).map((servicePrincipalRiskLevel) =>
    plain(`service principal risk ${servicePrincipalRiskLevel}`, { servicePrincipalRiskLevel }),
  ),
  insiderRisk: first('none', INSIDER_RISK_LEVELS).map((insiderRiskLevel) =>
    plain(`insider risk ${insiderRiskLevel}`, { insiderRiskLevel }),
  ),
};

function first<Word extends string>(ordinary: Word, words: readonly Word[]): readonly Word[] {
  return [ordinary, ...words.filter((word) => word !== ordinary)];
}

function plain(text: string, part: Partial<SignInAttempt>): LevelValue {
  return { text, part, flags: 0 };
}

function flagsOfClient(client: ClientAppType): number {
  if (isLegacyClient(client)) return FLAGS.legacyClient;
  return client === 'mobileAppsAndDesktopClients' ? FLAGS.desktopClient : 0;
}

/** A session that began with a transfer keeps matching in its later flows (D-FLOW). */
function flowText(flow: string, original: string): string {
  const now = flow === 'none' ? 'an ordinary flow' : flow;
  return original === 'none' || original === flow ? now : `${now} after ${original}`;
}
