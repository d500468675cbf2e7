import { EFFECTS } from '../../core/conditional-access/result.ts';
import { RISK_LEVELS, SIGNALING_STATUSES, TRANSFER_METHODS } from '../../core/graph/words.ts';
import { nearNames } from '../../core/values/near-names.ts';
import type { Literal, ODataFilter, Operand } from './filter.ts';

/** Members of a sign-in that hold one of few words (META); `outcome` and `signalingStatus` are ours. */
const WORDS: { readonly [path: string]: readonly string[] } = {
  conditionalAccessStatus: ['success', 'failure', 'notApplied'],
  riskLevelAggregated: RISK_LEVELS,
  riskLevelDuringSignIn: RISK_LEVELS,
  riskState: ['none', 'confirmedSafe', 'remediated', 'dismissed', 'atRisk', 'confirmedCompromised'],
  originalTransferMethod: TRANSFER_METHODS,
  authenticationRequirement: ['singleFactorAuthentication', 'multiFactorAuthentication'],
  userType: ['member', 'guest'],
  signInEventTypes: ['interactiveUser', 'nonInteractiveUser', 'servicePrincipal', 'managedIdentity'],
  outcome: [...EFFECTS, 'unknown', 'notReached'],
  signalingStatus: SIGNALING_STATUSES,
};

const BOOLEANS: ReadonlySet<string> = new Set([
  'flaggedForReview',
  'isInteractive',
  'isTenantRestricted',
  'isThroughGlobalSecureAccess',
  'deviceDetail/isCompliant',
  'deviceDetail/isManaged',
]);

const NUMBERS: ReadonlySet<string> = new Set([
  'autonomousSystemNumber',
  'processingTimeInMilliseconds',
  'status/errorCode',
  'status/signInSessionStatusCode',
]);

/** Why each value of a filter that no sign-in can have has none, in the order in which they stand there. */
export function impossibleValues(filter: ODataFilter, within: string | undefined = undefined): readonly string[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.flatMap((operand) => impossibleValues(operand, within));
    case 'not':
      return impossibleValues(filter.operand, within);
    case 'any':
    case 'all':
      return filter.condition === undefined ? [] : impossibleValues(filter.condition, filter.path.members.join('/'));
    case 'compare':
      if (filter.operator !== 'eq' && filter.operator !== 'ne') return [];
      return [...compared(filter.left, filter.right, within), ...compared(filter.right, filter.left, within)];
    case 'in':
      return filter.values.flatMap((value) => compared(filter.operand, value, within));
    default:
      return [];
  }
}

function compared(member: Operand, value: Operand, within: string | undefined): readonly string[] {
  if (member.kind !== 'path' || value.kind !== 'literal' || value.type === 'null') return [];
  const path = member.variable ? [within, ...member.members.slice(1)].join('/') : member.members.join('/');
  const why = whyNot(path, value);
  return why === undefined ? [] : [why];
}

function whyNot(path: string, { value, type }: Literal): string | undefined {
  if (BOOLEANS.has(path) && type !== 'boolean') return `\`${value}\` matches nothing: ${path} is true or false`;
  if (NUMBERS.has(path) && type !== 'number')
    return `\`${value}\` matches nothing: ${path} is a number, without quotes`;
  const words = Object.hasOwn(WORDS, path) ? WORDS[path] : undefined;
  if (words === undefined || words.some((word) => word.toLowerCase() === String(value).toLowerCase())) return undefined;
  const [near] = nearNames(String(value), words);
  const meant = near === undefined ? '' : `; did you mean \`${near}\`?`;
  return `\`${value}\` matches nothing: ${path} is one of ${words.join(', ')}${meant}`;
}
