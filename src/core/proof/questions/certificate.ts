import type { Certificate, CertifiedBox } from '../../certificate/certificate.ts';
import { classNamed } from '../diagram/outcomes.ts';
import type { NodeId } from '../diagram/search.ts';
import { terminalOf } from '../diagram/search.ts';
import type { Proof } from '../proof.ts';
import { TooLarge } from '../too-large.ts';

/** More boxes than a certificate can reasonably hold. */
const MOST_BOXES = 50_000;

/** Writes a proof down as disjoint boxes: each path of the diagram, classes that lead to the same place together. */
export function certificateOf(
  proof: Proof,
  about: Pick<Certificate, 'question' | 'createdDateTime'>,
): Certificate | TooLarge {
  const boxes: CertifiedBox[] = [];
  const { levels, nodes, terminals } = proof.diagram;
  const all = levels.map(({ classes }) => [...classes.keys()]);
  const walk = (node: NodeId, sets: readonly (readonly number[])[]): boolean => {
    if (node < 0) {
      boxes.push({ sets, claims: [...(terminals[terminalOf(node)]?.classes ?? [])].map(classNamed) });
      return boxes.length <= MOST_BOXES;
    }
    const { level, children } = nodes[node] ?? { level: 0, children: [] };
    const groups = Map.groupBy(children.keys(), (at) => children[at] ?? -1);
    return [...groups].every(([child, members]) => walk(child, sets.with(level, members)));
  };
  if (!walk(proof.diagram.root, all))
    return new TooLarge('more boxes than a certificate holds', ['user', 'app', 'policy']);
  return {
    schemaVersion: 1,
    kind: 'certificate',
    ...about,
    columns: proof.columns.columns,
    levels: levels.map(({ name, classes, values }) => ({
      name,
      classes: classes.map(({ members }) => {
        const { text = '', part = {} } = values[members[0] ?? 0] ?? {};
        return { text, part };
      }),
    })),
    boxes,
  };
}
