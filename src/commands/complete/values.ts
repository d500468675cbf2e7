import { RULES } from '../../core/check/rules.ts';
import { CHANGE_CLASSES } from '../../core/conditional-access/outcome/change.ts';
import { POLICY_STATES } from '../../core/graph/words.ts';
import { GATES } from '../../core/impact/gates.ts';
import { SIGN_IN_COLUMNS } from '../../core/sign-in-log/columns.ts';
import { isIpNamedLocation, trustOf } from '../../core/tenant/named-location.ts';
import { BUILT_IN_ROLES } from '../../core/tenant/roles/built-in-roles.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { FORMAT_NAMES } from '../../output/format.ts';

/** A word that may stand next, and what a shell may show beside it. */
export interface Offered {
  readonly value: string;
  readonly says?: string;
}

/** What is asked about: the command, what it can be shown in, and the tenant where there is one. */
export interface Asked {
  /** Such as `policy restore`. */
  readonly words: string;
  readonly formats: readonly string[];
  readonly tenant: Tenant | undefined;
}

type Offer = (asked: Asked) => readonly Offered[];

const plain = (values: readonly string[]): readonly Offered[] => values.map((value) => ({ value }));

const people: Offer = ({ tenant }) =>
  (tenant?.users ?? []).flatMap(({ userPrincipalName, displayName }) =>
    userPrincipalName === undefined
      ? []
      : [{ value: userPrincipalName, ...(displayName === undefined ? {} : { says: displayName }) }],
  );

const named = (items: readonly { readonly displayName?: string; readonly state?: string }[] | undefined) =>
  (items ?? []).flatMap(({ displayName, state }): Offered[] =>
    displayName === undefined ? [] : [{ value: displayName, ...(state === undefined ? {} : { says: state }) }],
  );

/** Policies that the verb can do something with. */
const policies: Offer = ({ words, tenant }) => {
  if (words === 'policy restore') return named(tenant?.deletedItems.policies);
  const all = tenant?.policies ?? [];
  return named(words === 'signaling disable' ? all.filter(({ state }) => state === 'enabled') : all);
};

/** Locations that the verb can do something with. */
const locations: Offer = ({ words, tenant }) => {
  if (words === 'location restore') return named(tenant?.deletedItems.namedLocations);
  const all = tenant?.namedLocations ?? [];
  const isTrusted = words === 'location untrust';
  if (!isTrusted && words !== 'location trust') return named(all);
  return named(all.filter((each) => isIpNamedLocation(each) && trustOf(each) !== !isTrusted));
};

const states = () =>
  plain([...POLICY_STATES.map((state) => (state.startsWith('enabledFor') ? 'report-only' : state)), 'on', 'off']);

/** What an argument can be, by its name; where there is nothing, the shell looks for a file. */
const ARGUMENTS: { readonly [name: string]: Offer } = {
  policy: (asked) => [...policies(asked), ...(asked.words === 'policy set-state' ? states() : [])],
  location: locations,
  'policy|location': (asked) => [...policies(asked), ...locations(asked)],
  user: people,
  group: ({ tenant }) => named(tenant?.groups),
  role: ({ tenant }) => {
    const own = named(tenant?.roleDefinitions);
    const names = new Set(own.map(({ value }) => value));
    return [...own, ...named(BUILT_IN_ROLES.filter(({ displayName }) => !names.has(displayName)))];
  },
  rule: () => RULES.map(({ id, name }) => ({ value: id, says: name })),
};

/** Short words of the columns of the log, as people type them. */
const logColumns = () =>
  Object.entries(SIGN_IN_COLUMNS).flatMap(
    ([
      name,
      {
        aliases: [short],
      },
    ]): readonly Offered[] => [...(short === undefined ? [] : [{ value: short, says: name }]), { value: name }],
  );

/** @internal Columns of the tables, by their command; held to what the tables have by a test. */
export const TABLE_COLUMNS: { readonly [words: string]: readonly string[] } = {
  'policy list': ['Policy', 'State', 'Controls', 'Id'],
  'policy deleted': ['Deleted', 'When', 'Restorable until', 'Id'],
  'policy dependencies': ['Policy', 'State', 'Path', 'If disabled', 'If enabled'],
  'location list': ['Location', 'Type', 'Trusted', 'Holds', 'Policies', 'Id'],
  'location deleted': ['Deleted', 'When', 'Restorable until', 'Id'],
  'user list': ['User', 'Type', 'Roles', 'Id'],
  'group list': ['Group', 'Members', 'Id'],
  'role list': ['Role', 'Held by', 'Status', 'Scope'],
  audit: ['Time', 'Activity', 'Target', 'Change', 'By', 'IP address', 'Serial'],
  history: ['Serial', 'Time', 'Change', 'Target', 'By', 'Undo'],
  check: ['Rule', 'Severity', 'Finding', 'Where'],
  'signaling limitations': ['Limitation', 'Modelled', 'What gsa does', 'Source'],
  'signaling matrix': ['Path', 'Resource', 'Entra: on / off', 'Resource: on / off', 'Compliant network', 'Profile'],
};

/** What an option can be, by its name. */
const OPTIONS: { readonly [name: string]: Offer } = {
  output: ({ formats }) => plain(formats.length > 0 ? formats : FORMAT_NAMES),
  as: people,
  user: people,
  'default-administrator': (asked) => [...people(asked), { value: 'none' }],
  'emergency-access': (asked) => [...people(asked), { value: 'none' }],
  app: ({ tenant }) => named(tenant?.servicePrincipals),
  'service-principal': ({ tenant }) => named(tenant?.servicePrincipals),
  policy: policies,
  explain: policies,
  'delete-policies': policies,
  'report-only-policies': policies,
  'keep-policies': policies,
  location: locations,
  columns: ({ words }) =>
    words === 'logs' ? logColumns() : plain((TABLE_COLUMNS[words] ?? []).map((header) => header.toLowerCase())),
  'count-by': () => [...logColumns(), { value: 'day' }, { value: 'hour' }],
  sort: logColumns,
  status: () => plain(['granted', 'interrupted', 'denied', 'blocked', 'unknown', 'success', 'failure', 'notApplied']),
  'fail-on': ({ words }) => plain(words === 'rehearse' ? [...GATES, 'none'] : GATES),
  only: () => plain(CHANGE_CLASSES),
  of: () => plain(['signaling=disabled', 'signaling=enabled']),
  since: () => plain(['today', 'yesterday', '2h', '1d', '7d', '30d']),
  until: () => plain(['now', 'today', 'yesterday', '1h']),
  'through-gsa': () => plain(['true', 'false', 'unknown']),
  by: () => plain(['reach']),
};

/** Options whose values may be joined by commas: the last of them is the one that is being typed. */
const JOINED = new Set([
  'columns',
  'count-by',
  'fail-on',
  'only',
  'status',
  'delete-policies',
  'report-only-policies',
  'keep-policies',
]);

export function argumentValues(name: string, asked: Asked): readonly Offered[] {
  return (Object.hasOwn(ARGUMENTS, name) ? ARGUMENTS[name] : undefined)?.(asked) ?? [];
}

/** `typed` is the word under the cursor: what stands before its last comma is kept, and not offered again. */
export function optionValues(name: string, asked: Asked, typed: string): readonly Offered[] {
  const offered = (Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined)?.(asked) ?? [];
  const begun = typed.startsWith('--') ? typed.slice(typed.indexOf('=') + 1) : typed;
  const comma = begun.lastIndexOf(',');
  if (!JOINED.has(name) || comma < 0) return offered;
  const before = begun.slice(0, comma + 1);
  const said = before.toLowerCase().split(',');
  return offered
    .filter(({ value }) => !said.includes(value.toLowerCase()))
    .map((each) => ({ ...each, value: before + each.value }));
}
