import { someOf } from '../../core/values/some-of.ts';
import type { Block, Inline, Span, View } from '../view.ts';
import { bad, code, dim, good, strong, warning } from '../view.ts';
import { outcomeSpan } from './replay.ts';
import { stateSpan } from './signaling/signaling.ts';

/** One sign-in, told whole: what Entra sees, which locations hold it, every policy and why, and what would turn it. */
export type StoryReport = {
  readonly user: string;
  readonly target: string;
  /** Time of a recorded sign-in; `null` for a supposed one. */
  readonly createdDateTime: string | null;
  readonly signalingStatus: string;
  readonly seen: {
    readonly ipAddress: string | null;
    /**
     * Whether an address of Global Secure Access that is not known is located all the same: all of them lie in the same named locations.
     */
    readonly isLocatedByStandIn: boolean;
    readonly countryOrRegion: string | null;
    readonly sourceIpAddress: string | null;
    readonly globalSecureAccessIpAddress: string | null;
    readonly isThroughGlobalSecureAccess: boolean | null;
    readonly compliantNetwork: boolean | null;
    readonly resourceIpAddress: string | null;
    readonly restored: boolean;
  };
  readonly locations: readonly {
    readonly displayName: string;
    readonly isTrusted: boolean;
    readonly by: readonly string[];
  }[];
  /** Lists of places that the tenant lacks or has a part of: `mfaTrustedIps`, `namedLocations`. */
  readonly locationsNotKnown: readonly string[];
  readonly outcome: string;
  readonly errorCode: number | null;
  readonly failureReason: string;
  readonly decidedBy: readonly string[];
  readonly missing: readonly string[];
  readonly policies: readonly StoryPolicy[];
  readonly nearestChanges: readonly { readonly text: string; readonly outcome: string }[];
  /** What a reader has to know about where the answer comes from. */
  readonly notes: readonly string[];
};

export interface StoryPolicy {
  readonly id: string;
  readonly displayName: string;
  readonly state: string;
  readonly result: string;
  /** `yes`, `no` or `unknown`. */
  readonly applies: string;
  /** The conditions that are not met or not known. */
  readonly unmet: readonly string[];
  readonly met: readonly string[];
  readonly controls: readonly { readonly displayName: string; readonly satisfied: string }[];
}

/** How many ways out are told. */
const WAYS = 3;

export function viewStory(report: StoryReport): View {
  const { seen } = report;
  const blocks: Block[] = [
    { block: 'heading', text: [report.user, ' → ', report.target] },
    {
      block: 'fields',
      fields: [
        ...(report.createdDateTime === null ? [] : [['Time', report.createdDateTime] as const]),
        ['Signaling', report.signalingStatus],
        ['Entra ID sees', [...seenAddress(seen), seen.restored ? dim(' (restored)') : '']],
        ['The user’s own', address(seen.sourceIpAddress, null)],
        ...(seen.globalSecureAccessIpAddress === null
          ? []
          : [['The proxy’s', code(seen.globalSecureAccessIpAddress)] as const]),
        ['Resource sees', address(seen.resourceIpAddress, null)],
        ['Through GSA', truth(seen.isThroughGlobalSecureAccess)],
        ['Compliant network', truth(seen.compliantNetwork)],
        ['In', locationsText(report)],
        ['Outcome', outcomeText(report)],
      ],
    },
    {
      block: 'table',
      columns: [{ header: 'Policy' }, { header: 'State', dropOrder: 1 }, { header: 'Result' }, { header: 'Why' }],
      rows: report.policies.map((policy) => [
        strong(policy.displayName),
        stateSpan(policy.state),
        resultSpan(policy.result),
        why(policy),
      ]),
      empty: report.missing.includes('policies') ? 'No policy is known.' : 'The tenant has no policies.',
    },
  ];
  const ways = report.nearestChanges.slice(0, WAYS);
  if (ways.length > 0) {
    blocks.push({ block: 'text', text: 'It would be otherwise' });
    blocks.push({ block: 'list', items: ways.map(({ text, outcome }) => [text, ': ', outcomeSpan(outcome)]) });
  }
  if (report.notes.length > 0) blocks.push({ block: 'list', items: report.notes.map((note) => dim(note)) });
  return blocks;
}

function outcomeText({ outcome, errorCode, decidedBy, missing, policies }: StoryReport): Inline {
  const names = decidedBy.map((id) => policies.find((policy) => policy.id === id)?.displayName ?? id);
  return [
    outcomeSpan(outcome),
    names.length === 0 ? '' : ` by ${names.join(', ')}`,
    errorCode === null || errorCode === 0 ? '' : ` (error ${errorCode})`,
    outcome === 'unknown' ? `, for want of ${someOf(missing, 10)}` : '',
  ];
}

function why({ applies, unmet, met, controls }: StoryPolicy): string {
  if (applies !== 'yes') return unmet.join('; ');
  const wanted = controls.map(({ displayName, satisfied }) => `${displayName} ${SATISFIED[satisfied] ?? satisfied}`);
  return [met.join('; '), wanted.join(', ')].filter((part) => part !== '').join(' — ');
}

const SATISFIED: { readonly [satisfied: string]: string } = {
  yes: 'satisfied',
  no: 'not satisfied',
  unknown: 'not known',
};

function resultSpan(result: string) {
  if (result === 'success' || result === 'reportOnlySuccess') return good(result);
  if (result === 'failure' || result === 'reportOnlyFailure') return bad(result);
  if (result === 'unknown' || result === 'reportOnlyInterrupted') return warning(result);
  return dim(result);
}

function seenAddress({
  ipAddress,
  isLocatedByStandIn,
  countryOrRegion,
}: StoryReport['seen']): readonly (string | Span)[] {
  if (!isLocatedByStandIn) return address(ipAddress, countryOrRegion);
  return ['an address of Global Secure Access', countryOrRegion === null ? '' : ` (${countryOrRegion})`];
}

function address(ipAddress: string | null, country: string | null): (string | Span)[] {
  if (ipAddress === null) return [warning('not known')];
  return country === null ? [code(ipAddress)] : [code(ipAddress), ` (${country})`];
}

function truth(value: boolean | null): Inline {
  return value === null ? warning('not known') : value ? 'yes' : 'no';
}

function locationsText({ seen, locations, locationsNotKnown }: StoryReport): Inline {
  if (locations.length === 0 && seen.ipAddress === null && !seen.isLocatedByStandIn) return warning('not known');
  const open = locationsNotKnown.map((list) => PLACES[list] ?? list).join(' or ');
  const unknown =
    open === '' ? '' : warning(`${locations.length === 0 ? ' that is known' : ''}; whether in ${open} is not known`);
  if (locations.length === 0) return ['no named location', unknown];
  const names = locations
    .map(({ displayName, isTrusted, by }) => `${displayName}${isTrusted ? ', trusted' : ''} (${by.join(', ')})`)
    .join('; ');
  return [names, unknown];
}

const PLACES: { readonly [list: string]: string } = {
  mfaTrustedIps: 'the MFA trusted IPs',
  namedLocations: 'other named locations',
};
