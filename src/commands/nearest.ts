import { nearNames } from '../core/values/near-names.ts';

/** The word that somebody may have meant. */
export function nearest(text: string, known: readonly string[]): string | undefined {
  return nearNames(text, known)[0];
}
