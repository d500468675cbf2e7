import { MODELLED_MEMBERS } from '../graph/policy-rows.ts';
import { CONTINUOUS_EVALUATION_MODES } from '../graph/words.ts';
import type { LostList } from '../tenant/lost-lists.ts';
import { lostLists } from '../tenant/lost-lists.ts';
import { lostLocations } from '../tenant/lost-locations.ts';
import type { ConditionalAccessPolicy } from '../tenant/policy.ts';
import { isSet, lower, unmodelledMembers } from '../tenant/policy-words.ts';
import { compareTexts } from '../values/compare-texts.ts';
import { isObject } from '../values/is-object.ts';
import type { CompiledPolicy } from './compile.ts';
import { WHAT_WAS_LOST } from './grant/controls.ts';
import { KNOWN_SESSION_CONTROLS } from './grant/session-controls.ts';

/** What of a policy cannot be read, as a fact that is missing, and why. */
export interface UnreadFact {
  readonly fact: string;
  readonly why: 'undocumented' | 'lost';
}

/**
 * What of a policy nobody documents (a grant control, a condition, a member of one, a session control) or an export has lost, by the names
 * of the facts. Each may hang on the address or on the signal (there is a page that calls the compliant network a grant control), so that
 * what a switch does to the policy is not known.
 */
export function unreadFactsOf({ policy, grant }: CompiledPolicy): readonly UnreadFact[] {
  const unread = grant.controls.filter(({ read }) => read === undefined);
  const undocumented = [
    ...unread.filter((control) => control !== WHAT_WAS_LOST).map(({ fact }) => fact),
    ...conditionMembers(policy),
    ...sessionControls(policy),
  ];
  const lost = [
    ...(unread.includes(WHAT_WAS_LOST) ? [WHAT_WAS_LOST.fact] : []),
    ...[...lostLocations(policy.conditions), ...lostRisks(policy)].map(({ fact }) => fact),
  ];
  return [
    ...[...new Set(undocumented)].map((fact): UnreadFact => ({ fact, why: 'undocumented' })),
    ...lost.map((fact): UnreadFact => ({ fact, why: 'lost' })),
  ].sort((a, b) => compareTexts(a.fact, b.fact));
}

/** The risk of a sign-in is fed by its address (D-RISK): a policy that lost its levels may ask for it. */
function lostRisks({ conditions }: ConditionalAccessPolicy): readonly LostList[] {
  return lostLists(conditions).filter(({ condition }) => condition === 'signInRiskLevels');
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
