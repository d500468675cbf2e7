import type { NodeId } from '../diagram/search.ts';
import type { Proof } from '../proof.ts';

/** A place of the diagram, in front of a level, with what the way to it has settled. */
export interface Cursor {
  readonly level: number;
  readonly node: NodeId;
  readonly flags: number;
  readonly isSure: boolean;
}

/** The level, or the next one behind it that says something: where, of what, or how it comes out. */
export function levelBehind({ apps, diagram, search }: Proof, level: number): number {
  const next = Math.min(search.nextLevel(level), diagram.levels.length - 1);
  const ofApps = diagram.levels.indexOf(apps);
  return level <= ofApps && ofApps < next ? ofApps : next;
}
