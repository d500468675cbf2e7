import { severityFor } from '../checked-policy.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** An id that no named location has matches nothing: the exclusion or inclusion it stood for is gone. */
export const danglingLocation: Rule = {
  id: 'GSA030',
  name: 'dangling-location',
  severity: 'error',
  summary: 'a policy names a location that does not exist',
  needs: ['policies', 'namedLocations'],
  page: {
    finds: [
      "Entries of `includeLocations` and `excludeLocations` that are neither the id of a named location nor one of Graph's words (`All`, `AllTrusted`) or well-known ids. An error where the policy enforces, a warning where it is report-only, a note where it is disabled.",
    ],
    matters: [
      'The entry matches no address, so an exclusion that let people in is gone, and an inclusion that protected them too. Placeholders of templates (`<HQ location>`) end up here as well.',
    ],
    fix: [
      { text: 'See whether the location was deleted and can be restored.', command: 'gsa location deleted' },
      { text: 'List what there is, and put the right id into the policy.', command: 'gsa location list' },
      {
        text: 'Where the export left the locations out, import them.',
        command: 'gsa import ./export --kind locations --merge',
      },
    ],
    sources: ['G-LOC', 'D-NET', 'L-CORPUS'],
  },
  *check(tenant) {
    for (const policy of tenant.policies) {
      for (const entry of policy.locations.filter(({ kind }) => kind === 'dangling')) {
        yield {
          subject: policy.subject,
          severity: severityFor(policy, 'error'),
          pointer: entry.pointer,
          detail: `${entry.side}:${entry.key}`,
          message: `${quoted(policy.subject.displayName)} names the location ${quoted(entry.value)}, which does not exist, so it matches nowhere; put the right id or take it out`,
        };
      }
    }
  },
};
