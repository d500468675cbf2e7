import type { Rule } from '../rule.ts';
import { quoted } from '../wording.ts';

/** A text that is no range matches nothing, here as in Microsoft Entra ID. */
export const unreadableRange: Rule = {
  id: 'GSA036',
  name: 'unreadable-range',
  severity: 'error',
  summary: 'a named location lists something that is no IP range',
  needs: ['namedLocations'],
  page: {
    finds: [
      'Entries of `ipRanges` that cannot be read: no address, a bare address without a prefix length, a prefix that is too long, a lower address above the upper one, a placeholder of a template.',
    ],
    matters: [
      'Graph refuses such a range, so the file is not what a tenant has; matching it to any address would be a guess, so it matches nothing.',
    ],
    fix: [
      { text: 'Correct the file, then import it again.', command: 'gsa import ./export --kind locations --merge' },
      { text: 'Check that an address of that place is found.', command: 'gsa location match 203.0.113.10' },
    ],
    sources: ['G-NLPOST', 'D-NET'],
  },
  *check(tenant) {
    for (const location of tenant.namedLocations) {
      for (const { text, pointer } of location.unreadable) {
        yield {
          subject: location.subject,
          pointer,
          detail: `range:${text}`,
          message: `${quoted(location.subject.displayName)} lists ${text === '' ? 'an entry without an address' : `${quoted(text)}, which is no IP range`}; write an address and a prefix length, such as 203.0.113.0/24`,
        };
      }
    }
  },
};
