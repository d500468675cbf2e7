import { CONDITIONS } from '../graph/policy-members.ts';
import type { ListPath } from '../graph/policy-rows.ts';
import type { LocationCatalog, LocationReference } from '../tenant/location-references.ts';
import { locationReferences } from '../tenant/location-references.ts';
import type { LostList } from '../tenant/lost-lists.ts';
import { lostOfConditions } from '../tenant/lost-locations.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { flags, isSet } from '../tenant/policy-words.ts';
import { valueAt } from '../values/value-at.ts';
import type { FindingSubject, Severity } from './finding.ts';
import { milder } from './finding.ts';

/** A policy as the rules read it: by JSON Pointer, and tolerant of whatever shape an export has given it. */
export interface CheckedPolicy {
  readonly policy: ConditionalAccessPolicy;
  readonly subject: FindingSubject;
  readonly mode: PolicyMode;
  /** Lists and conditions that an export lost, so that nobody knows what was in them. */
  readonly lost: readonly LostList[];
  /** What its locations stand for, each entry once a side. */
  readonly locations: readonly LocationReference[];
  /** The texts of a list, each once, in the order of the policy. */
  list(path: ListPath): readonly Entry[];
}

/** `unknown`: a state that is none of Graph's three, such as `partiallyEnabled` (G-EVAL). */
export type PolicyMode = 'enabled' | 'reportOnly' | 'disabled' | 'unknown';

/** One entry of a list and where it stands. */
export interface Entry {
  readonly value: string;
  /** The entry in lower case, as ids and Graph's words are compared (L-CORPUS has `All` for `all`). */
  readonly key: string;
  readonly pointer: string;
}

export function checkedPolicy(policy: ConditionalAccessPolicy, catalog: LocationCatalog): CheckedPolicy {
  const lists = new Map<ListPath, readonly Entry[]>();
  return {
    policy,
    subject: { kind: 'policy', id: textOf(policy.id), displayName: textOf(policy.displayName) || textOf(policy.id) },
    mode: modeOf(textOf(policy.state)),
    lost: lostOfConditions(policy.conditions),
    locations: locationReferences(policy, catalog),
    list: (path) => {
      const list = lists.get(path) ?? entriesAt(policy, path);
      lists.set(path, list);
      return list;
    },
  };
}

export function isConfigured(policy: CheckedPolicy, pointer: string): boolean {
  return isSet(valueAt(policy.policy, pointer));
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function blocks(policy: CheckedPolicy): boolean {
  return policy.list('/grantControls/builtInControls').some(({ key }) => key === 'block');
}

/** Enabled, report-only or in a state that we do not know; a disabled policy is never evaluated (D-RO). */
export function isActive({ mode }: CheckedPolicy): boolean {
  return mode !== 'disabled';
}

/**
 * The severity of a finding on the policy: as given where it enforces, one step milder where it only reports, a note where it is
 * disabled.
 */
export function severityFor({ mode }: CheckedPolicy, severity: Severity): Severity {
  // A policy in a state that nobody documents may enforce.
  if (mode === 'enabled' || mode === 'unknown') return severity;
  return mode === 'disabled' ? 'note' : milder(severity);
}

/** Applications, client apps, platforms, devices, risks or flows narrow the policy: it is not about everything (D-COND). */
export function isNarrowed(policy: CheckedPolicy): boolean {
  const coversAllApplications = policy
    .list('/conditions/applications/includeApplications')
    .some(({ key }) => key === 'all');
  return (
    !coversAllApplications ||
    narrows(policy, '/conditions/clientAppTypes') ||
    narrows(policy, '/conditions/platforms/includePlatforms') ||
    NARROWING.some((pointer) => isConfigured(policy, pointer))
  );
}

/** Conditions of which every value that they list is a part of all sign-ins. */
const PARTIAL = Object.keys(CONDITIONS).filter(
  (name) => !['applications', 'users', 'clientApplications', 'clientAppTypes', 'platforms', 'locations'].includes(name),
);
const PARTIAL_OR_LISTED: ReadonlySet<string> = new Set([...PARTIAL, 'clientAppTypes', 'platforms']);
const NARROWING = [
  '/conditions/applications/applicationFilter',
  '/conditions/platforms/excludePlatforms',
  ...PARTIAL.map((name) => `/conditions/${name}`),
];

/** Whether what an export lost may narrow the policy: conditions that are none of who signs in, and what is left out of applications. */
export function mayBeNarrowed({ lost }: CheckedPolicy): boolean {
  return lost.some(({ condition, side }) =>
    condition === 'applications' ? side === 'exclude' : PARTIAL_OR_LISTED.has(condition),
  );
}

function narrows(policy: CheckedPolicy, path: ListPath): boolean {
  const entries = policy.list(path);
  return entries.length > 0 && !entries.some(({ key }) => key === 'all');
}

function modeOf(state: string): PolicyMode {
  switch (state.toLowerCase()) {
    case 'enabled':
      return 'enabled';
    case 'enabledforreportingbutnotenforced':
      return 'reportOnly';
    case 'disabled':
      return 'disabled';
    default:
      return 'unknown';
  }
}

/** A list of texts, or a flags enum written as one comma-separated text (CSDL-v1), which is one place in the file. */
function entriesAt(policy: ConditionalAccessPolicy, path: ListPath): readonly Entry[] {
  const value = valueAt(policy, path);
  const entries = new Map<string, Entry>();
  const add = (text: string, pointer: string): void => {
    const key = text.toLowerCase();
    if (!entries.has(key)) entries.set(key, { value: text, key, pointer });
  };
  if (typeof value === 'string') for (const flag of flags(value)) add(flag, path);
  if (Array.isArray(value)) {
    for (const [at, text] of value.entries()) if (typeof text === 'string') add(text, `${path}/${at}`);
  }
  return [...entries.values()];
}
