import type { SupposedChange } from './supposed-change.ts';

/** A change over all sign-ins, as options name it. */
interface AskedAll {
  readonly of?: readonly SupposedChange[];
  readonly with?: string | undefined;
}

/** The question in words; `switchedTo`: the signaling status, where it changes. */
export function questionText(name: string, switchedTo: string | undefined, { of = [], with: file }: AskedAll): string {
  const parts = [
    ...(switchedTo === undefined ? [] : [`signaling were ${switchedTo}`]),
    ...(file === undefined ? [] : [`it were with ${file}`]),
    ...of.flatMap((change) => (change.of === 'policy' ? [`${change.name} were ${shownState(change.to)}`] : [])),
  ];
  return `What if ${parts.length === 0 ? 'nothing changed' : parts.join(' and ')} in ${name}, for every sign-in there could be?`;
}

function shownState(to: string): string {
  return to === 'enabledForReportingButNotEnforced' ? 'report-only' : to;
}
