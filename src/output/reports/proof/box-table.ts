import type { ToldBox } from '../../../core/proof/answers/told.ts';
import type { Block, Inline } from '../../view.ts';
import { namesText } from './names.ts';

/** Boxes of sign-ins: who, at what, from where, and what else they have in common. */
export function boxTable(boxes: readonly ToldBox[]): Block {
  return {
    block: 'table',
    columns: [{ header: 'Who' }, { header: 'Application' }, { header: 'From' }, { header: 'With', dropOrder: 1 }],
    rows: boxes.map(({ who, what, from, ...session }): Inline[] => [
      namesText(who),
      namesText(what),
      from.join('; '),
      Object.values(session)
        .map((names) => namesText(names))
        .join('; ') || 'any',
    ]),
    empty: '',
  };
}
