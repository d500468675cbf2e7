import { inflateSync } from 'node:zlib';
import { GsaError } from '../../trouble/error.ts';

const KINDS = ['commit', 'tree', 'blob', 'tag'] as const;
export type GitObjectKind = (typeof KINDS)[number];

/** What a repository keeps under one id. */
export interface GitObject {
  readonly kind: GitObjectKind;
  readonly bytes: Buffer;
}

/** Bytes of one object; the largest file that an import takes. */
export const LARGEST_OBJECT = 64 * 1024 * 1024;

export function isKind(word: string): word is GitObjectKind {
  return KINDS.some((kind) => kind === word);
}

/** What was compressed, whatever stands behind it. Throws GsaError `invalid` where it is damaged, or larger than any export. */
export function inflated(stored: Uint8Array, id: string): Buffer {
  try {
    return inflateSync(stored, { maxOutputLength: LARGEST_OBJECT });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(id);
    throw damaged(id);
  }
}

export function tooLarge(id: string): GsaError {
  return new GsaError('invalid', `the object ${id} of the repository has more than ${LARGEST_OBJECT} bytes`);
}

export function damaged(id: string): GsaError {
  return new GsaError('invalid', `the object ${id} of the repository is damaged`, { hint: 'git fsck' });
}
