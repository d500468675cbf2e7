import type { Block } from './view.ts';
import { bad, good } from './view.ts';

/** Whether what was asked for holds: the last word of a report that a pipeline goes by. */
export interface Gate {
  /** What asked: `Gate --fail-on newlyBlocked`, `gsa test`. */
  readonly name: string;
  readonly passed: boolean;
  /** By what, in words: the counts that decided. */
  readonly by: string;
}

export function gateBlock({ name, passed, by }: Gate): Block {
  return { block: 'text', text: [`${name}: `, passed ? good('passed') : bad('FAILED'), `, ${by}.`] };
}

/** The same as one line of plain text, for whoever is shown a format without words. */
export function gateText({ name, passed, by }: Gate): string {
  return `${name}: ${passed ? 'passed' : 'FAILED'}, ${by}.`;
}
