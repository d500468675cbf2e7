import type { MemberChange, ObjectChange } from '../core/tenant/plans/object-changes.ts';

/** Values longer than this say only that they changed. */
const SHORT = 40;

/** What happens to an object, such as `restored, enabled` or `state: report-only → enabled`; one word for each fate. */
export function fateText({ change, members, stateBefore, stateAfter }: ObjectChange): string {
  switch (change) {
    case 'added':
    case 'restored':
      return stateAfter ? `${change}, ${stateText(stateAfter)}` : change;
    case 'deleted':
    case 'removed':
      return stateBefore ? `${change}, was ${stateText(stateBefore)}` : change;
    case 'restorable':
      return 'can be restored again';
    case 'notRestorable':
      return 'can no longer be restored';
    case 'changed': {
      const texts = [...new Set(members.map(memberText))].join(', ');
      const stays = stateAfter && stateAfter === stateBefore ? `stays ${stateText(stateAfter)}` : '';
      return [texts, stays].filter((text) => text !== '').join('; ') || 'changed';
    }
  }
}

/** A member as one text, such as `signalingStatus: enabled → disabled`; a long value is left out and only its name told. */
function memberText({ name, before, after }: MemberChange): string {
  const texts = [before, after].map(valueText);
  return texts.some((text) => text.length > SHORT) ? name : `${name}: ${texts.join(' → ')}`;
}

/** What is absent is not said to be none: of a list it would mean that there is nothing in it. */
function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'not set';
  return typeof value === 'object' ? JSON.stringify(value) : stateText(String(value));
}

function stateText(state: string): string {
  return state === 'enabledForReportingButNotEnforced' ? 'report-only' : state;
}
