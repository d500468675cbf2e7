import { parseRule } from '../../conditional-access/filter/rule-filter.ts';
import { hasLostRestrictions } from '../../conditional-access/grant/authentication-strength.ts';
import { FILTERS } from '../../graph/policy-rows.ts';
import { FILTER_MODES } from '../../graph/words.ts';
import { valueAt } from '../../values/value-at.ts';
import { idOfOnly } from '../called-objects.ts';
import type { CheckedPolicy, Entry } from '../checked-policy.ts';
import { severityFor, textOf } from '../checked-policy.ts';
import type { CheckedTenant } from '../checked-tenant.ts';
import { unknownIds, unknownWords } from '../known-values.ts';
import { policiesUsing } from '../policy-locations.ts';
import type { Remark, Rule } from '../rule.ts';
import { listed, quoted } from '../wording.ts';

/** Unknown enum values are kept on write, reported on read, and never matched by accident (invariant 5). */
export const unknownValue: Rule = {
  id: 'GSA053',
  name: 'unknown-value',
  severity: 'warning',
  summary: 'a policy or location holds a value that is not known, so answers that need it are unknown',
  needs: ['policies'],
  page: {
    finds: [
      "States other than `enabled`, `disabled` and `enabledForReportingButNotEnforced`; users, groups, roles, applications, service principals and home tenants that are neither an object id nor one of Graph's words, names and the placeholders of templates above all; client app types, platforms, risk levels, user actions, authentication contexts, guest types and transfer methods that Graph does not have; an exclusion of all locations, whose meaning is nowhere written; device and application filters that cannot be read; named locations of a type that we do not model; and what an export lost of the conditions: lists that are `null` where Graph gives a list, objects without members, filters without a rule; and the restrictions of a custom authentication strength (`combinationConfigurations`), where it allows keys or certificates. Milder where the policy does not enforce.",
    ],
    matters: [
      'Such a value is kept as it is and matches nothing by accident; a name in the place of an id may stand for any object, also where one alone is called so. Where it decides, the answer of `gsa` is unknown, and forecasts count it as such.',
    ],
    fix: [
      {
        text: 'Replace placeholders and names by ids, correct what is misspelt, and import the file again.',
        command: 'gsa import ./export --merge',
      },
      { text: 'See which sign-ins stay unknown because of it.', command: 'gsa impact signins.json --fail-on unknown' },
    ],
    sources: ['CSDL-v1', 'G-USERS', 'G-APPS', 'G-COND', 'G-LOC', 'G-EVAL', 'D-APPS', 'D-DEVF', 'L-CORPUS'],
  },
  *check(tenant) {
    for (const policy of tenant.policies) {
      yield* state(policy);
      yield* values(tenant, policy);
      yield* filters(policy);
      yield* lost(policy);
      yield* lostRestrictions(policy);
    }
    yield* locationTypes(tenant);
  },
};

function* state(policy: CheckedPolicy): Iterable<Remark> {
  if (policy.mode !== 'unknown') return;
  const written = textOf(policy.policy.state);
  yield {
    subject: policy.subject,
    pointer: '/state',
    detail: `state:${written.toLowerCase()}`,
    message: `${quoted(policy.subject.displayName)} has ${written === '' ? 'no state' : `the state ${quoted(written)}`}, so it is not known whether it enforces; set one of Graph's three`,
  };
}

function* values(tenant: CheckedTenant, policy: CheckedPolicy): Iterable<Remark> {
  const name = quoted(policy.subject.displayName);
  for (const [list, { entries, wanted, meant }] of unknownByList(tenant, policy)) {
    const shown = listed(entries.map(({ value }) => value));
    const right = meant.length === 0 ? '' : `: ${meant.slice(0, MEANT).join(', ')}`;
    yield {
      subject: policy.subject,
      severity: severityFor(policy, 'warning'),
      pointer: entries[0]?.pointer ?? list,
      detail: `${list}:${entries
        .map(({ key }) => key)
        .sort()
        .join(',')}`,
      message: `${name} holds ${shown} in \`${list.split('/').at(-1) ?? ''}\`, ${wanted}, so its answer is unknown; correct it${right}`,
    };
  }
  const all = policy.locations.find(({ side, kind }) => side === 'exclude' && kind === 'all');
  if (all === undefined) return;
  yield {
    subject: policy.subject,
    severity: severityFor(policy, 'warning'),
    pointer: all.pointer,
    detail: '/conditions/locations/excludeLocations:all',
    message: `${name} excludes \`All\` locations, whose meaning Graph does not tell; exclude the locations by id`,
  };
}

/** Of so many names it is said which id belongs in their place. */
const MEANT = 3;

interface UnknownInList {
  readonly entries: Entry[];
  readonly wanted: string;
  /** What belongs in the place of those that are the name of one object. */
  readonly meant: string[];
}

/** Unknown values by the list that holds them, so that a template full of placeholders is one finding a list. */
function unknownByList(tenant: CheckedTenant, policy: CheckedPolicy) {
  const lists = new Map<string, UnknownInList>();
  const add = (entry: Entry, wanted: string, id?: string): void => {
    const list = entry.pointer.replace(/\/\d+$/, '');
    const found = lists.get(list) ?? { entries: [], wanted, meant: [] };
    found.entries.push(entry);
    if (id !== undefined) found.meant.push(`${quoted(id)} for ${quoted(entry.value)}`);
    lists.set(list, found);
  };
  for (const entry of unknownIds(tenant, policy)) {
    add(entry, 'no object id and no word of Graph', idOfOnly(tenant.tenant, entry.of, entry.value));
  }
  for (const entry of unknownWords(policy)) {
    // GSA052 speaks of controls.
    if (!entry.pointer.startsWith('/grantControls')) add(entry, 'no word of Graph');
  }
  return lists;
}

function* lost(policy: CheckedPolicy): Iterable<Remark> {
  const { subject } = policy;
  const pointers = policy.lost.map(({ pointer }) => pointer).sort();
  const [first] = pointers;
  if (first === undefined) return;
  const lists = listed(pointers.map((pointer) => pointer.split('/').at(-1) ?? ''));
  yield {
    subject,
    severity: severityFor(policy, 'warning'),
    pointer: first,
    detail: `lost:${pointers.join(',')}`,
    message: `the export lost ${lists} of ${quoted(subject.displayName)}, which Graph gives in full, so its answer is unknown; export it from Microsoft Graph and import it again`,
  };
}

const RESTRICTIONS = '/grantControls/authenticationStrength/combinationConfigurations';

function* lostRestrictions(checked: CheckedPolicy): Iterable<Remark> {
  const { subject, policy } = checked;
  const strength = policy.grantControls?.authenticationStrength;
  if (!hasLostRestrictions(strength)) return;
  yield {
    subject,
    severity: severityFor(checked, 'warning'),
    pointer: RESTRICTIONS,
    detail: 'lost',
    message: `the export lost which keys or certificates the authentication strength of ${quoted(subject.displayName)} allows (\`combinationConfigurations\`, which Graph gives in full, empty or not), so whether they are enough is unknown; export it from Microsoft Graph and import it again`,
  };
}

function* filters(policy: CheckedPolicy): Iterable<Remark> {
  const name = quoted(policy.subject.displayName);
  for (const pointer of FILTERS) {
    const filter = valueAt(policy.policy, pointer);
    if (typeof filter !== 'object' || filter === null || policy.lost.some((list) => list.pointer === pointer)) continue;
    const mode = textOf(valueAt(filter, '/mode'));
    if (!FILTER_MODES.some((known) => known === mode.toLowerCase())) {
      yield {
        subject: policy.subject,
        severity: severityFor(policy, 'warning'),
        pointer: `${pointer}/mode`,
        detail: `${pointer}/mode`,
        message: `${name} has a filter with the mode ${quoted(mode)}, so its answer is unknown; set \`include\` or \`exclude\``,
      };
    }
    const reading = parseRule(textOf(valueAt(filter, '/rule')));
    if (!('error' in reading)) continue;
    yield {
      subject: policy.subject,
      severity: severityFor(policy, 'warning'),
      pointer: `${pointer}/rule`,
      detail: `${pointer}/rule`,
      message: `${name} has a filter that cannot be read, so its answer is unknown: ${reading.error.message}, at character ${reading.error.at + 1}; correct the rule`,
    };
  }
}

function* locationTypes(tenant: CheckedTenant): Iterable<Remark> {
  for (const location of tenant.namedLocations) {
    if (location.kind !== 'unknown') continue;
    const policies = policiesUsing(tenant, location);
    const type = textOf(valueAt(location.location, '/@odata.type'));
    yield {
      subject: location.subject,
      severity: policies.length > 0 ? 'warning' : 'note',
      pointer: '/@odata.type',
      detail: type.toLowerCase(),
      related: policies.map(({ subject }) => subject),
      message: `location ${quoted(location.subject.displayName)} is of the type ${quoted(type)}, which is not modelled, so policies that use it answer unknown; review them by hand`,
    };
  }
}
