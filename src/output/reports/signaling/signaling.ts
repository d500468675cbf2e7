import type { DependencyPath, SwitchEffect } from '../../../core/dependencies/dependency.ts';
import type { OpenFact } from '../../../core/dependencies/open-facts.ts';
import type { SignalingStatus } from '../../../core/tenant/tenant.ts';
import { plural } from '../../../core/values/plural.ts';
import type { Block, Inline, Span, View } from '../../view.ts';
import { bad, code, dim, good, strong, warning, withCode } from '../../view.ts';
import { classSpan } from '../impact/words.ts';
import type { LoggedReach } from './logged-reach.ts';
import { loggedReachBlocks } from './logged-reach.ts';

/** A policy that hangs on the address or the signal, as `signaling disable` and `policy dependencies` list it. */
export interface DependentPolicy {
  readonly id: string;
  readonly displayName: string;
  readonly state: string;
  readonly paths: readonly DependencyPath[];
  readonly effects: readonly SwitchEffect[];
  /** Why the effect is what it is, or why there is none. */
  readonly reason: string;
  /** Facts that leave an effect unknown. */
  readonly notKnown: readonly string[];
  /** Address pairs that show the effect. */
  readonly witnesses: readonly {
    readonly sourceIpAddress: string;
    readonly proxyIpAddress: string;
    readonly sourceCountryOrRegion?: string | null;
    readonly proxyCountryOrRegion?: string | null;
    readonly resultBefore: string;
    readonly resultAfter: string;
  }[];
}

export interface Prerequisite {
  readonly name: string;
  readonly holds: 'yes' | 'no' | 'unknown';
  readonly detail: string;
}

export type SignalingStatusReport = {
  readonly signalingStatus: SignalingStatus;
  /** False where the status is only taken by the age of the tenant. */
  readonly isSignalingStatusKnown: boolean;
  /** The time of the last change; `null` while the default by creation date stands. */
  readonly changedDateTime: string | null;
  readonly changedBy: string | null;
  readonly reason: string;
  readonly prerequisites: readonly Prerequisite[];
  readonly dependentPolicies: readonly { readonly effect: string; readonly count: number }[];
  /** False where nobody has imported the policies of the tenant. */
  readonly arePoliciesKnown: boolean;
  readonly compliantNetworkLocation: {
    readonly id: string;
    readonly displayName: string;
    readonly policies: readonly string[];
  } | null;
};

export const UNSEEN_POLICIES =
  'Not all policies of the tenant are known, so nobody can say which depend on the address or the signal.';

export function viewSignalingStatus(report: SignalingStatusReport): View {
  const on = report.signalingStatus === 'enabled';
  const location = report.compliantNetworkLocation;
  const view: Block[] = [
    {
      block: 'text',
      text: ['Global Secure Access signaling for Conditional Access is ', statusText(report), '.'],
    },
    {
      block: 'fields',
      fields: [
        [
          'Entra ID sees',
          on
            ? 'the user’s own address (source IP restoration)'
            : warning('the proxy’s address for traffic through Global Secure Access'),
        ],
        ['Because', report.reason],
        ...report.prerequisites.map(({ name, holds, detail }): readonly [string, Inline] => [
          name,
          [holdsSpan(holds), `, ${detail}`],
        ]),
        [
          'Compliant network',
          location === null
            ? dim('no such location yet')
            : `\`${location.displayName}\`, used by ${policies(location.policies.length)}`,
        ],
      ],
    },
    {
      block: 'table',
      columns: [{ header: `If it is ${on ? 'disabled' : 'enabled'}` }, { header: 'Policies', align: 'right' }],
      rows: report.dependentPolicies.map(({ effect, count }) => [effectSpan(effect), String(count)]),
      empty: report.arePoliciesKnown ? 'No policy depends on it.' : UNSEEN_POLICIES,
    },
  ];
  return view;
}

function statusText({ signalingStatus, isSignalingStatusKnown }: SignalingStatusReport): Span {
  if (!isSignalingStatusKnown) return warning(`not known, and taken for ${signalingStatus}`);
  return signalingStatus === 'enabled' ? good('enabled') : bad('disabled');
}

export type SignalingSwitchReport = {
  readonly signalingStatus: { readonly from: SignalingStatus; readonly to: SignalingStatus };
  /** False where `from` is only taken for the status. */
  readonly isSignalingStatusKnown: boolean;
  readonly applied: boolean;
  readonly dryRun: boolean;
  /** Whether a person was shown the dependents and asked. */
  readonly asked: boolean;
  readonly dependentPolicies: readonly DependentPolicy[];
  /** Facts that leave open what the switch does, and how each is settled. */
  readonly notKnown: readonly OpenFact[];
  readonly deletedPolicies: readonly string[];
  readonly reportOnlyPolicies: readonly string[];
  /** Dependents that are left as they are while others are deleted: they would stop nobody newly. */
  readonly keptPolicies: readonly string[];
  /** The compliant network location, where enabling adds it. */
  readonly addedLocations: readonly { readonly id: string; readonly displayName: string }[];
  readonly warnings: readonly string[];
  /** What the logged sign-ins say; `null` without any, or where signaling is enabled. */
  readonly logged: LoggedReach | null;
  /** The file that `--save` wrote the plan to. */
  readonly savedTo: string | null;
};

/** What a person is shown before the question what to do. */
export type SwitchWarningReport = Pick<SignalingSwitchReport, 'dependentPolicies' | 'notKnown' | 'warnings'> & {
  /** What the logged sign-ins say; `null` where they say nothing. Absent where it was not asked for. */
  readonly logged?: LoggedReach | null;
  readonly to: SignalingStatus;
};

export function viewSwitchWarning({ to, dependentPolicies, notKnown, warnings, logged }: SwitchWarningReport): View {
  const view: Block[] = [];
  if (dependentPolicies.length > 0) {
    const what = dependentPolicies.length === 1 ? 'it enforces' : 'they enforce';
    const would = `would change what ${what}${dependentPolicies.some(isOpen) ? ', or may,' : ''}`;
    const heading = `${policies(dependentPolicies.length)} ${would} when signaling is ${to}:`;
    view.push({ block: 'heading', text: heading }, dependentTable(dependentPolicies));
  }
  view.push(...notKnownBlocks(notKnown));
  if (to === 'disabled' && dependentPolicies.length > 0 && logged !== undefined)
    view.push(...loggedReachBlocks(logged));
  if (warnings.length > 0) view.push({ block: 'list', items: warnings.map((text) => [warning('warning: '), text]) });
  return view;
}

function isOpen({ effects }: DependentPolicy): boolean {
  return effects.every((effect) => effect === 'unknown');
}

/** What is not known, for whom it matters, and what would settle it. */
export function notKnownBlocks(facts: readonly OpenFact[]): Block[] {
  if (facts.length === 0) return [];
  return [
    { block: 'text', text: 'Not known, so that nobody can say what it does:' },
    {
      block: 'list',
      items: facts.map(
        ({ fact, policies: names, settle }): Inline => [
          strong(fact),
          names.length === 0 ? ': ' : ` (${shortList(names)}): `,
          ...withCode(settle),
        ],
      ),
    },
  ];
}

export function viewSignalingSwitch(report: SignalingSwitchReport): View {
  const { from, to } = report.signalingStatus;
  if (from === to && report.isSignalingStatusKnown)
    return [{ block: 'text', text: `Signaling is already ${to}. Nothing was written.` }];
  const view: Block[] = report.asked ? [] : [...viewSwitchWarning({ ...report, to })];
  const nameOf = (id: string) => report.dependentPolicies.find((policy) => policy.id === id)?.displayName ?? id;
  const done = (ids: readonly string[], what: string) => {
    if (ids.length === 0) return;
    view.push({ block: 'text', text: `${report.applied ? 'Done first' : 'First'}, ${what}:` });
    view.push({ block: 'list', items: ids.map(nameOf) });
  };
  done(report.deletedPolicies, 'deleted (restorable for 30 days)');
  done(report.reportOnlyPolicies, 'switched to report-only');
  if (report.keptPolicies.length > 0) {
    view.push({ block: 'text', text: keptText(report) });
    view.push({ block: 'list', items: report.keptPolicies.map(nameOf) });
  }
  if (report.addedLocations.length > 0) {
    view.push({ block: 'text', text: `${report.applied ? 'Added' : 'To be added'}:` });
    view.push({ block: 'list', items: report.addedLocations.map(({ displayName }) => displayName) });
  }
  view.push({ block: 'text', text: outcome(report) });
  return view;
}

function keptText({ keptPolicies, dependentPolicies }: SignalingSwitchReport): string {
  const stopping = dependentPolicies.some(
    ({ id, effects }) =>
      keptPolicies.includes(id) && effects.some((each) => ['newlyBlocked', 'newlyDenied', 'unknown'].includes(each)),
  );
  const why = stopping ? '; they enforce on the proxy’s address:' : ', because they would stop nobody newly:';
  return `Left as they are${why}`;
}

function outcome(report: SignalingSwitchReport): Inline {
  const { applied, asked, dryRun, isSignalingStatusKnown, signalingStatus } = report;
  const { from, to } = signalingStatus;
  if (applied) {
    const isSaid = from === to ? 'Signaling is now known to be ' : 'Signaling is now ';
    return [isSaid, to === 'enabled' ? good(to) : bad(to), '.'];
  }
  const verdict = dryRun ? 'Dry run' : asked ? 'Declined' : 'Refused';
  if (!isSignalingStatusKnown) return [`${verdict}: whether signaling is enabled is not known. Nothing was written.`];
  return [`${verdict}: signaling stays `, strong(from), '. Nothing was written.'];
}

export function dependentTable(dependents: readonly DependentPolicy[]): Block {
  return {
    block: 'table',
    columns: [
      { header: 'Policy' },
      { header: 'State', dropOrder: 1 },
      { header: 'Path' },
      { header: 'Effect' },
      { header: 'For example', dropOrder: 2 },
    ],
    rows: dependents.map((policy) => [
      strong(policy.displayName),
      stateSpan(policy.state),
      pathsText(policy.paths),
      policy.effects.flatMap((effect, at): (string | Span)[] =>
        at === 0 ? [effectSpan(effect)] : [', ', effectSpan(effect)],
      ),
      exampleOf(policy),
    ]),
    empty: 'No policy depends on it.',
  };
}

function exampleOf({ witnesses: [witness], reason }: DependentPolicy): Inline {
  return witness === undefined ? dim(reason) : witnessSpans(witness);
}

/**
 * A witness as one line, such as `user at 198.51.100.0 in NL, proxy 128.94.0.0: notApplied → failure`; with countries where the
 * policy asks for them.
 */
export function witnessSpans(witness: DependentPolicy['witnesses'][number]): readonly (string | Span)[] {
  const { sourceIpAddress, sourceCountryOrRegion, proxyIpAddress, proxyCountryOrRegion, resultBefore, resultAfter } =
    witness;
  return [
    ...['user at ', code(sourceIpAddress), countryText(sourceCountryOrRegion)],
    ...[', proxy ', code(proxyIpAddress), countryText(proxyCountryOrRegion)],
    `: ${resultBefore} → ${resultAfter}`,
  ];
}

function countryText(country: string | null | undefined): string {
  if (country === undefined) return '';
  return country === null ? ' in no country' : ` in ${country}`;
}

/** How many locations of one list are named before the rest is counted. */
const NAMED = 3;

/** Paths as one line, such as `exclude namedLocation Headquarters, Branch and 4 more; strictLocation`. */
export function pathsText(paths: readonly DependencyPath[]): string {
  const groups = new Map<string, string[]>();
  for (const { kind, side, displayName } of paths) {
    const group = [side, kind].filter((part) => part !== undefined).join(' ');
    const names = groups.get(group) ?? [];
    groups.set(group, displayName === undefined ? names : [...names, displayName]);
  }
  return [...groups].map(([group, names]) => `${group} ${shortList(names)}`.trim()).join('; ');
}

function shortList(names: readonly string[]): string {
  if (names.length <= NAMED + 1) return names.join(', ');
  return `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`;
}

/** An effect in the forecast's words; `none` and `logOnly` exist for dependencies only. */
export function effectSpan(effect: string): Span {
  if (effect === 'none') return dim(effect);
  if (effect === 'newlyLimited') return warning('newly limited');
  return effect === 'logOnly' ? dim('log only') : classSpan(effect);
}

export function stateSpan(state: string): Span {
  if (state === 'enabled') return good('enabled');
  if (state === 'enabledForReportingButNotEnforced') return warning('report-only');
  return dim(state);
}

function holdsSpan(holds: 'yes' | 'no' | 'unknown'): Span {
  return holds === 'yes' ? good('yes') : holds === 'no' ? bad('no') : warning('unknown');
}

function policies(count: number): string {
  return plural(count, 'policy', 'policies');
}
