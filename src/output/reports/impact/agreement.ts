import type { Agreement, DisagreementCause } from '../../../core/impact/agreement.ts';
import { reliableShare } from '../../../core/impact/agreement.ts';
import { partOf, plural } from '../../../core/values/plural.ts';
import { someOf } from '../../../core/values/some-of.ts';
import type { Block, Inline } from '../../view.ts';
import { dim, strong, warning } from '../../view.ts';
import { outcomeBlocks, outcomeWarnings } from './outcome-agreement.ts';
import { percent } from './words.ts';

const CAUSES: { readonly [cause in DisagreementCause]: string } = {
  unknownPolicy: 'the tenant lacks the policy',
  changedSince: 'the policy or its locations changed since',
  missingFact: 'a fact is missing',
  unexplained: 'no reason found: gsa may be wrong',
};

/** How many disagreements are told. */
const TOLD = 5;

/** What has to be said before any forecast; empty when it may be relied on. */
export function agreementWarnings(agreement: Agreement, minimum: number): string[] {
  return [...policyWarnings(agreement, minimum), ...outcomeWarnings(agreement.outcomes, minimum)];
}

function policyWarnings(agreement: Agreement, minimum: number): string[] {
  const { unknownPolicies, policiesOfRecords, signIns, outcomes } = agreement;
  const share = reliableShare(agreement);
  if (share === null) {
    const checked =
      outcomes.letIn.compared + outcomes.stopped.compared === 0
        ? 'could not be checked against them'
        : 'could be checked only against what came of the sign-ins';
    return [`no record lists the policies that were applied to it, so this forecast ${checked}`];
  }
  const warnings: string[] = [];
  if (unknownPolicies.length > 0) {
    const which =
      unknownPolicies.length === policiesOfRecords ? 'none' : String(policiesOfRecords - unknownPolicies.length);
    warnings.push(
      `the records speak of ${plural(policiesOfRecords, 'policy', 'policies')}, and this tenant has ${which} of them; import the ` +
        'policies of the tenant that the sign-ins come from',
    );
  }
  if (share < minimum) {
    warnings.push(
      `gsa agrees with only ${percent(share)} of what ${plural(signIns.compared, 'record says', 'records say')} of policies, less than the ` +
        `${percent(minimum)} that are asked for: do not rely on this before the disagreements below are understood`,
    );
  }
  return warnings;
}

/** The figures and the disagreements, for whoever wants to know how far to trust. */
export function agreementBlocks(agreement: Agreement, minimum: number): Block[] {
  return [...policyBlocks(agreement, minimum), ...outcomeBlocks(agreement.outcomes)];
}

function policyBlocks(agreement: Agreement, minimum: number): Block[] {
  if (agreement.share === null) return [];
  const { signIns, policies, share, disagreements, causes } = agreement;
  const reliable = reliableShare(agreement) ?? 0;
  const isEnough = reliable >= minimum;
  const isApart = causes.changedSince > 0 && causes.changedSince < policies.compared;
  const text: Inline = [
    'Checked against the records themselves: ',
    isEnough ? strong(percent(share)) : warning(percent(share)),
    ` of ${plural(policies.compared, 'policy result agrees', 'policy results agree')}, and every policy of ` +
      `${partOf(signIns.agreed, signIns.compared, 'sign-in')}.`,
    isApart
      ? ` Without ${plural(causes.changedSince, 'result')} of policies that changed since the record: ${percent(reliable)}.`
      : '',
    signIns.silent === 0 ? '' : ` ${plural(signIns.silent, 'sign-in lists', 'sign-ins list')} no policies.`,
  ];
  if (disagreements.length === 0) return [{ block: 'text', text }];
  return [
    { block: 'text', text },
    {
      block: 'table',
      columns: [
        { header: 'Where it disagrees' },
        { header: 'Results', align: 'right', rigid: true, isCount: true },
        { header: 'Recorded → gsa', dropOrder: 2 },
        { header: 'Because', dropOrder: 1 },
      ],
      rows: disagreements
        .slice(0, TOLD)
        .map(({ displayName, count, recorded, evaluated, cause, example }): Inline[] => [
          displayName,
          String(count),
          `${recorded} → ${evaluated ?? 'none'}`,
          [CAUSES[cause], example.missing.length === 0 ? '' : dim(` (${someOf(example.missing)})`)],
        ]),
      empty: '',
    },
    ...moreBlocks(disagreements.length - TOLD),
  ];
}

function moreBlocks(more: number): Block[] {
  return more > 0 ? [{ block: 'text', text: dim(`${more} more; -o json has them all`) }] : [];
}
