import { policiesUsing } from '../policy-locations.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** A location that no policy names; a trusted one still counts for sign-in risk (D-LOCOLD). */
export const unusedLocation: Rule = {
  id: 'GSA031',
  name: 'unused-location',
  severity: 'note',
  summary: 'no policy uses a named location',
  needs: ['policies', 'namedLocations'],
  page: {
    finds: [
      'Named locations that no policy, disabled ones included, names by id, and that no policy with `AllTrusted` covers. The compliant network location is left alone: Microsoft Entra ID keeps it by itself.',
    ],
    matters: [
      'It counts against the limit of 195 and is mistaken for something that protects. A trusted location is not without effect even so: it lowers the risk of sign-ins from there.',
    ],
    fix: [
      { text: 'Look at it.', command: "gsa location show '<location>'" },
      { text: 'Remove it; a trusted one must be untrusted first.', command: "gsa location remove '<location>'" },
    ],
    sources: ['D-NET'],
  },
  *check(tenant) {
    for (const location of tenant.namedLocations) {
      if (location.kind === 'compliantNetwork' || policiesUsing(tenant, location).length > 0) continue;
      const effect = location.trusted ? ', though its trust still lowers the risk of sign-ins from there' : '';
      yield {
        subject: location.subject,
        message: `no policy uses the location ${quoted(location.subject.displayName)}${effect}; remove it if nothing else needs it`,
      };
    }
  },
};
