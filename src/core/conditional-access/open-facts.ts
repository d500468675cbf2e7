import { MODELLED_MEMBERS } from '../graph/policy-rows.ts';
import { CONTINUOUS_EVALUATION_MODES } from '../graph/words.ts';
import { lostLists } from '../tenant/lost-lists.ts';
import { lostLocations } from '../tenant/lost-members.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { isSet, lower, unmodelledMembers } from '../tenant/policy-words.ts';
import { isObject } from '../values/is-object.ts';
import type { CompiledPolicy } from './compile.ts';
import { KNOWN_SESSION_CONTROLS } from './grant/session-controls.ts';

/**
 * What of a policy nobody documents (a grant control, a condition, a member of one, a session control) or an export has lost (`isLostFact`
 * tells which), by the names of the facts that are missing. Each may hang on the address or on the signal (there is a page that calls the
 * compliant network a grant control), so that what a switch does to the policy is not known.
 */
export function openFactsOf({ policy, grant }: CompiledPolicy): readonly string[] {
  const controls = grant.controls.filter(({ read }) => read === undefined).map(({ fact }) => fact);
  return [
    ...new Set([
      ...controls,
      ...conditionMembers(policy),
      ...lostLocations(policy.conditions),
      ...lostRisks(policy),
      ...sessionControls(policy),
    ]),
  ].sort();
}

/** The risk of a sign-in is fed by its address (D-RISK): a policy that lost its levels may ask for it. */
function lostRisks({ conditions }: ConditionalAccessPolicy): string[] {
  return lostLists(conditions).flatMap(({ condition, fact }) => (condition === 'signInRiskLevels' ? [fact] : []));
}

/** Documented words that say nothing of the network: times, clients, and all that is about agents. */
const OF_NO_NETWORK = /^(times|clients)$|agent/i;

function conditionMembers({ conditions }: ConditionalAccessPolicy): string[] {
  return Object.entries(MODELLED_MEMBERS).flatMap(([pointer, modelled]) => {
    const [, top, name] = pointer.split('/');
    if (top !== 'conditions') return [];
    const holder: unknown = name === undefined ? conditions : memberOf(conditions, name);
    if (!isObject(holder)) return [];
    const path = name === undefined ? 'conditions' : name;
    return unmodelledMembers(holder, modelled)
      .filter((member) => !OF_NO_NETWORK.test(member))
      .map((member) => `meaning of ${path}.${member}`);
  });
}

function memberOf(object: object | null | undefined, name: string): unknown {
  return Object.getOwnPropertyDescriptor(object ?? {}, name)?.value;
}

const MODES: ReadonlySet<string> = new Set(CONTINUOUS_EVALUATION_MODES.map((mode) => mode.toLowerCase()));

function sessionControls({ sessionControls: controls }: ConditionalAccessPolicy): string[] {
  const unknown = unmodelledMembers(controls, KNOWN_SESSION_CONTROLS).filter(
    (name) => !isOff(memberOf(controls, name)),
  );
  const mode = controls?.continuousAccessEvaluation?.mode;
  return [
    ...unknown.map((name) => `meaning of sessionControls.${name}`),
    ...(isSet(mode) && !MODES.has(lower(mode) ?? '') ? [`meaning of continuousAccessEvaluation ${mode}`] : []),
  ];
}

function isOff(value: unknown): boolean {
  return isObject(value) && value['isEnabled'] === false;
}
