import { TRANSFER_METHODS } from '../../graph/words.ts';
import type { ConditionSet } from '../../tenant/policy.ts';
import { flags } from '../../tenant/policy-words.ts';
import type { CompiledCondition, Facts } from '../facts/facts.ts';
import type { Entry } from './include-exclude.ts';
import { judgeLists, lacks, MATCH, NO_MATCH } from './include-exclude.ts';
import { lostEntries } from './lost-entries.ts';
import { bothOf, unmodelledEntries, unmodelledEntry } from './unmodelled.ts';

const KNOWN: ReadonlySet<string> = new Set(TRANSFER_METHODS.map((method) => method.toLowerCase()));

/**
 * Device code flow and authentication transfer. Protocol tracking: a session that began with one of them keeps matching in
 * its later, ordinary flows (D-FLOW).
 */
export function compileAuthenticationFlows(conditions: ConditionSet): CompiledCondition | undefined {
  const condition = conditions.authenticationFlows;
  const methods = flags(condition?.transferMethods).filter((method) => method.toLowerCase() !== 'none');
  const others = bothOf(
    unmodelledEntries<Facts>(condition, '/conditions/authenticationFlows', methods.length > 0),
    lostEntries<Facts>(conditions, 'authenticationFlows'),
  );
  const includes = [...methods.map(flowEntry), ...others.includes];
  if (includes.length === 0) return undefined;
  return {
    slot: 'authenticationFlows',
    judge: (facts) => judgeLists('authenticationFlows', includes, others.excludes, facts),
  };
}

function flowEntry(value: string): Entry<Facts> {
  const method = value.toLowerCase();
  if (!KNOWN.has(method)) return unmodelledEntry(`transferMethods ${value}`);
  return {
    value,
    label: value,
    rule: value,
    match: ({ attempt }) => {
      const seen = [attempt.authenticationFlow, attempt.originalTransferMethod];
      if (seen.some((flow) => flow?.toLowerCase() === method)) return MATCH;
      if (!seen.includes(undefined)) return NO_MATCH;
      return lacks(attempt.authenticationFlow === undefined ? 'authenticationFlow' : 'originalTransferMethod');
    },
  };
}
