import type { Counts } from '../../../core/impact/counter.ts';
import type { ClassCounts } from '../../../core/impact/grouped.ts';
import type { Dimension } from '../../../core/impact/groups.ts';
import { standInText } from '../../../core/signaling/stand-in.ts';
import { plural } from '../../../core/values/plural.ts';
import { spacedWords } from '../../../core/values/spaced-words.ts';
import type { Inline, Span } from '../../view.ts';
import { bad, code, good, strong, warning } from '../../view.ts';
import type { ImpactReport, ImpactSide } from './report.ts';

export const DIMENSION_WORDS: { readonly [by in Dimension]: string } = {
  policy: 'Policy',
  user: 'User',
  application: 'Application',
  location: 'Where the user is',
};

/** How a class is called by people. */
export function classWords(kind: string): string {
  return spacedWords(kind);
}

export function classSpan(kind: string): Span {
  const text = classWords(kind);
  if (kind === 'newlyBlocked' || kind === 'newlyDenied') return bad(text);
  return kind === 'unchanged' ? good(text) : warning(text);
}

export function signIns({ interactive, nonInteractive, workload }: Counts): number {
  return interactive + nonInteractive + workload;
}

export function percent(share: number): string {
  const rounded = Math.floor(share * 1000) / 10;
  return `${rounded} %`;
}

/** The question in people's words: `What if signaling were disabled?` */
export function questionText({ before, after }: ImpactReport): string {
  const isSwitched = before.signalingStatus !== after.signalingStatus;
  if (after.file === null) {
    return isSwitched
      ? `What if signaling were ${after.signalingStatus} in ${before.tenant}?`
      : `What if signaling stayed ${after.signalingStatus} in ${before.tenant}?`;
  }
  return `What if ${before.tenant} were as in ${after.file}${isSwitched ? `, with signaling ${after.signalingStatus}` : ''}?`;
}

/** One paragraph that a manager can read. */
export function summaryOf(report: ImpactReport): Inline {
  const { judged, classes, untouched, certainlyStopped } = report;
  const stopped = signIns(certainlyStopped);
  const total = signIns(judged);
  const of = (kind: string) => classes.find((each) => each.class === kind);
  const changed = classes.filter((each) => each.class !== 'unchanged' && each.class !== 'unknown' && signIns(each) > 0);
  const atLeast = report.arePeopleUnnamed ? 'at least ' : '';
  const start = `Of ${plural(total, 'sign-in')} by ${atLeast}${plural(judged.users, 'user')}`;
  const parts: (string | Span)[] = [];
  // To say that none changes, and then that some are stopped, would say two things.
  if (changed.length === 0 && stopped > 0) parts.push(`${start}: `);
  else if (changed.length === 0) parts.push(`${start}, `, strong('none that is known changes its outcome'), '. ');
  else {
    parts.push(`${start}: `);
    for (const [at, each] of changed.entries()) {
      if (at > 0) parts.push(at === changed.length - 1 ? ' and ' : ', ');
      parts.push(...sentenceOf(each));
    }
    parts.push('. ');
  }
  const unknown = of('unknown');
  if (unknown !== undefined && signIns(unknown) > 0) {
    parts.push(warning(`${plural(signIns(unknown), 'sign-in')} cannot be told`), ', because facts are missing');
    if (stopped > 0) parts.push('; ', bad(stoppedText(stopped, signIns(unknown))));
    parts.push('. ');
  }
  const rest = of('unchanged');
  const unchanged = rest === undefined ? 0 : signIns(rest);
  parts.push(`${plural(unchanged, 'sign-in stays', 'sign-ins stay')} as ${unchanged === 1 ? 'it is' : 'they are'}`);
  parts.push(untouchedText(untouched, unchanged));
  const apart = judged.nonInteractive + judged.workload;
  if (apart > 0) parts.push(` ${kindsSentence(judged)}`);
  return parts;
}

function stoppedText(stopped: number, unknown: number): string {
  const which = stopped === unknown ? (stopped === 1 ? 'it' : `all ${stopped}`) : `${stopped} of them`;
  return `${which} ${stopped === 1 ? 'is' : 'are'} stopped in any case`;
}

function untouchedText(untouched: number, unchanged: number): string {
  if (untouched === 0) return '.';
  const which = untouched === unchanged ? '' : `${untouched} of them `;
  return `, ${which}because Entra ID sees the same of ${untouched === 1 ? 'it' : 'them'} either way.`;
}

function sentenceOf(each: ClassCounts): (string | Span)[] {
  const people = plural(each.users, 'user');
  return [classToned(each.class, signIns(each)), ` (${people})`];
}

const VERBS: Readonly<Record<string, string>> = {
  newlyBlocked: 'newly blocked',
  newlyDenied: 'newly denied for lack of a requirement',
  newlyPrompted: 'newly asked to prove something',
  newlyAllowed: 'newly let in',
  lessProtected: 'less protected than now',
};

function classToned(kind: string, count: number): Span {
  const { tone } = classSpan(kind);
  const text = `${count} ${VERBS[kind] ?? classWords(kind)}`;
  return tone === undefined ? { text } : { text, tone };
}

function kindsSentence({ nonInteractive, workload, interactive }: Counts): string {
  const parts = [
    ...(interactive > 0 ? [`${interactive} interactive`] : []),
    ...(nonInteractive > 0 ? [`${nonInteractive} non-interactive (a client renews a token by itself)`] : []),
    ...(workload > 0 ? [`${workload} of workloads`] : []),
  ];
  return `Counted apart: ${parts.join(', ')}.`;
}

/** What a report takes for granted, each to be weighed by the reader. */
export function assumptionItems(
  proxyCountry: string | null,
  proxiesNotKnown: number,
  standIn: ImpactReport['standIn'],
): (string | Span)[][] {
  const items: (string | Span)[][] = [];
  if (proxyCountry !== null) {
    items.push([
      'assumed, not known: the addresses of Global Secure Access are in ',
      code(proxyCountry),
      ' where no record tells their country (--proxy-country)',
    ]);
  }
  if (proxiesNotKnown === 0 || standIn === 'notNeeded') return items;
  const who = plural(proxiesNotKnown, 'sign-in does', 'sign-ins do');
  items.push([
    standIn === 'used'
      ? standInText(who)
      : `${who} not tell the address of Global Secure Access, and its addresses lie in different named locations: what hangs on them stays unknown`,
  ]);
  return items;
}

/** `Contoso, signaling enabled`. */
export function sideText({ tenant, file, signalingStatus }: ImpactSide): Inline {
  return [tenant, ...(file === null ? [] : [' (', code(file), ')']), `, signaling ${signalingStatus}`];
}
