import type { OutcomeAgreement, OutcomeCounts, OutcomeDisagreement } from '../../../core/impact/agreement.ts';
import { reliableOutcomeShares } from '../../../core/impact/agreement.ts';
import { partOf, plural } from '../../../core/values/plural.ts';
import type { Block, Inline } from '../../view.ts';
import { dim } from '../../view.ts';

/** What has to be said before any forecast where gsa comes too often to another outcome than the records. */
export function outcomeWarnings(outcomes: OutcomeAgreement, minimum: number): string[] {
  const { letIn, stopped } = outcomes;
  const shares = reliableOutcomeShares(outcomes);
  const only = ({ agreed }: OutcomeCounts, what: string) =>
    `by the records, ${what}, and gsa comes to that for only ${agreed}: policies or facts are missing here, or are others`;
  return [
    ...((shares.stopped ?? 1) < minimum
      ? [only(stopped, `Conditional Access stopped ${plural(stopped.compared, 'sign-in')}`)]
      : []),
    ...((shares.letIn ?? 1) < minimum
      ? [only(letIn, `${plural(letIn.compared, 'sign-in was', 'sign-ins were')} let in`)]
      : []),
  ];
}

const RECORDED: { readonly [recorded in OutcomeDisagreement['recorded']]: string } = {
  blocked: 'blocked',
  stopped: 'stopped',
  letIn: 'let in',
};

const CAUSES: { readonly [cause in OutcomeDisagreement['cause']]: string } = {
  changedSince: 'a policy or its locations changed since',
  unexplained: 'policies or facts are missing here, or gsa is wrong',
};

/** Outcomes that gsa does not come to, with a sign-in of each kind. */
export function outcomeBlocks({ letIn, stopped, disagreements }: OutcomeAgreement): Block[] {
  if (disagreements.length === 0) return [];
  const [agreed, compared] = [letIn.agreed + stopped.agreed, letIn.compared + stopped.compared];
  return [
    { block: 'text', text: `What came of it agrees with the record for ${partOf(agreed, compared, 'sign-in')}.` },
    {
      block: 'table',
      columns: [
        { header: 'Recorded → gsa' },
        { header: 'Sign-ins', align: 'right', rigid: true, isCount: true },
        { header: 'Because', dropOrder: 2 },
        { header: 'For example', dropOrder: 1 },
      ],
      rows: disagreements.map(({ recorded, evaluated, count, cause, example }): Inline[] => [
        `${RECORDED[recorded]} → ${evaluated}`,
        String(count),
        CAUSES[cause],
        dim(example.signInId),
      ]),
      empty: '',
    },
  ];
}
