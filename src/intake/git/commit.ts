import { GsaError } from '../../trouble/error.ts';
import type { GitObjects } from './objects.ts';

/** Ids of the commits that a commit was made from, the first one first. */
export async function parentsOf(id: string, objects: GitObjects): Promise<readonly string[]> {
  return [...(await headOf(id, objects)).matchAll(/^parent ([0-9a-f]{40})$/gm)].map(([, parent]) => parent ?? '');
}

/** The id of the folder that a commit holds. */
export async function treeOf(id: string, objects: GitObjects): Promise<string> {
  const tree = /^tree ([0-9a-f]{40})$/m.exec(await headOf(id, objects))?.[1];
  if (tree !== undefined) return tree;
  throw new GsaError('invalid', `the commit ${id} names no files`);
}

/** The lines before the message: nothing that somebody wrote there is taken for a parent. */
async function headOf(id: string, objects: GitObjects): Promise<string> {
  const { kind, bytes } = await objects.read(id);
  if (kind !== 'commit') throw new GsaError('invalid', `\`${id}\` is a ${kind} and no commit`);
  return bytes.toString('latin1').split('\n\n')[0] ?? '';
}
