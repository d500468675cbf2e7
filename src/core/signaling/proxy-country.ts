import type { SignInAttempt } from './attempt.ts';

/**
 * The attempt with a country for the egress address of Global Secure Access where nobody knows one: exports tell the country
 * of the recorded address alone. What is known stays, and so does what is known to be none. An assumption of the user's,
 * which every report that rests on it has to name.
 */
export function assumeProxyCountry(attempt: SignInAttempt, countryOrRegion: string): SignInAttempt {
  const { network } = attempt;
  if (network.via === 'direct' || network.proxy?.countryOrRegion !== undefined) return attempt;
  return { ...attempt, network: { ...network, proxy: { ...network.proxy, countryOrRegion } } };
}
