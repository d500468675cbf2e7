import { plural } from '../../core/values/plural.ts';
import { spacedWords } from '../../core/values/spaced-words.ts';
import type { Gate } from '../gate.ts';
import type { Block, View } from '../view.ts';
import { warning } from '../view.ts';
import { classSpan } from './impact/words.ts';
import type { DependentPolicy } from './signaling/signaling.ts';
import { dependentTable } from './signaling/signaling.ts';
import type { PlannedStep } from './tenant/change.ts';
import { planBlocks } from './tenant/change.ts';

/** What a script, or whoever called the server, did to the tenant, and whom that would stop. */
export type RehearsalReport = {
  /** The program that was run, without its words; null for a server. */
  readonly command: string | null;
  /** The command's own exit code; null for a server. */
  readonly exitCode: number | null;
  readonly requests: number;
  /** Of these, changes that were not made, and whatever lacked a login. */
  readonly failedRequests: number;
  /** Whether the changes stand in the tenant file. */
  readonly written: boolean;
  readonly steps: readonly PlannedStep[];
  /** Policies for whose sake a switch was refused. */
  readonly refused: readonly DependentPolicy[];
  /** Policies that enforce otherwise for a switch that was made. */
  readonly dependentPolicies: readonly DependentPolicy[];
  /** The logged sign-ins as they come out before and after; null where there are none. */
  readonly signIns: {
    readonly judged: number;
    readonly classes: readonly { readonly class: string; readonly signIns: number }[];
  } | null;
  readonly failOn: readonly string[];
  readonly failed: readonly string[];
  /** Why the gate cannot be proven green; null where it can. */
  readonly notProven: string | null;
  readonly savedTo: string | null;
};

export function viewRehearsal(report: RehearsalReport): View {
  const { steps, refused, dependentPolicies, signIns, requests } = report;
  const view: Block[] = [{ block: 'text', text: `${plural(requests, 'request')}, ${plural(steps.length, 'change')}.` }];
  view.push(...planBlocks({ about: null, steps, warnings: [] }, report.written ? 'Done' : 'Step'));
  if (refused.length > 0)
    view.push({ block: 'heading', text: 'A switch was refused, because of:' }, dependentTable(refused));
  if (dependentPolicies.length > 0) {
    view.push({ block: 'heading', text: 'These enforce otherwise now:' }, dependentTable(dependentPolicies));
  }
  if (signIns !== null) {
    view.push({
      block: 'table',
      columns: [{ header: `Of ${plural(signIns.judged, 'logged sign-in')}` }, { header: 'Count', align: 'right' }],
      rows: signIns.classes.map((each) => [classSpan(each.class), String(each.signIns)]),
      empty: '',
    });
  }
  view.push({ block: 'text', text: report.written ? 'Written.' : 'Nothing was written.' });
  view.push(...endBlocks(report));
  return view;
}

function endBlocks({ notProven, exitCode, savedTo }: RehearsalReport): Block[] {
  const blocks: Block[] = [];
  if (savedTo !== null) blocks.push({ block: 'text', text: `The plan is in ${savedTo}.` });
  if (exitCode !== null && exitCode !== 0)
    blocks.push({ block: 'text', text: warning(`The command ended with ${exitCode}.`) });
  if (notProven !== null) blocks.push({ block: 'text', text: warning(notProven) });
  return blocks;
}

export function gateOfRehearsal(report: RehearsalReport): Gate | undefined {
  const { failOn, failed, refused, exitCode, command, requests, failedRequests } = report;
  if (failOn.length === 0 && refused.length === 0) return undefined;
  const reasons = [
    ...(refused.length === 0 ? [] : ['a switch was refused']),
    ...(failed.length === 0 ? [] : [`by ${failed.map(spacedWords).join(', ')}`]),
    ...(command !== null && requests === 0 ? ['the command asked nothing of the simulated tenant'] : []),
    ...(command === null || failedRequests === 0 || refused.length > 0
      ? []
      : [`${plural(failedRequests, 'request')} came to nothing`]),
    ...(exitCode === null || exitCode === 0 ? [] : [`the command ended with ${exitCode}`]),
  ];
  const passed = reasons.length === 0;
  const by = passed ? `nobody is known to be ${failOn.map(spacedWords).join(' or ')}` : reasons.join('; ');
  return { name: `Gate --fail-on ${failOn.join(',')}`, passed, by };
}
