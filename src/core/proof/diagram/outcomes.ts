import type { ChangeClass, Loss } from '../../conditional-access/outcome/change.ts';
import { CHANGE_CLASSES, classifyChange } from '../../conditional-access/outcome/change.ts';
import { EFFECTS } from '../../conditional-access/result.ts';

/** What remains possible in both worlds, each from 0 (granted) to 3 (blocked). */
export interface OutcomePair {
  readonly leastBefore: number;
  readonly mostBefore: number;
  readonly leastAfter: number;
  readonly mostAfter: number;
}

/** One byte for a pair; there are 256 of them, and each is classed once. */
export function codeOfPair({ leastBefore, mostBefore, leastAfter, mostAfter }: OutcomePair): number {
  return (leastBefore << 6) | (mostBefore << 4) | (leastAfter << 2) | mostAfter;
}

export function pairOfCode(code: number): OutcomePair {
  return {
    leastBefore: code >> 6,
    mostBefore: (code >> 4) & 3,
    leastAfter: (code >> 2) & 3,
    mostAfter: code & 3,
  };
}

/** The class of a change as a position in `CHANGE_CLASSES`. */
export type ClassCode = number;

export const UNCHANGED: ClassCode = CHANGE_CLASSES.indexOf('unchanged');
const UNKNOWN: ClassCode = CHANGE_CLASSES.indexOf('unknown');
const LESS_PROTECTED: ClassCode = CHANGE_CLASSES.indexOf('lessProtected');

export function classNamed(code: ClassCode): ChangeClass {
  return CHANGE_CLASSES[code] ?? 'unknown';
}

const DENIED = 2;

/**
 * The class of a pair. Where facts leave outcomes open the class is still certain if every outcome that remains gives it:
 * whoever was at most asked and is now blocked is newly blocked. See `lossOf` for what is lost.
 */
export function classOfPair(code: number, loss: Loss): ClassCode {
  return CLASSES[loss][code] ?? UNKNOWN;
}

const CLASSES: { readonly [loss in Loss]: Uint8Array } = {
  none: classesUnder('none'),
  possible: classesUnder('possible'),
  certain: classesUnder('certain'),
};

function classesUnder(loss: Loss): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => classOf(pairOfCode(code), loss));
}

function classOf({ leastBefore, mostBefore, leastAfter, mostAfter }: OutcomePair, loss: Loss): ClassCode {
  const classes = new Set<ClassCode>();
  for (let before = leastBefore; before <= mostBefore; before++) {
    for (let after = leastAfter; after <= mostAfter; after++) {
      const found = classBetween(before, after);
      // Someone who is still blocked or denied is no less protected for it.
      const isAsked = found !== UNCHANGED || after >= DENIED;
      if (isAsked || loss !== 'certain') classes.add(found);
      if (!isAsked && loss !== 'none') classes.add(LESS_PROTECTED);
    }
  }
  const [only, ...others] = classes;
  return only === undefined || others.length > 0 ? UNKNOWN : only;
}

function classBetween(before: number, after: number): ClassCode {
  const [from, to] = [EFFECTS[before] ?? 'blocked', EFFECTS[after] ?? 'blocked'];
  return CHANGE_CLASSES.indexOf(classifyChange({ outcome: from, policies: [] }, { outcome: to, policies: [] }));
}
