import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { readRegularFile } from '../regular-file.ts';
import { MAX_BYTES } from './format.ts';

/** Ends the name of a backup that is packed: `zstd -d` unpacks it too (RFC 8878). */
export const PACKED = '.zst';

export function isPacked(path: string): boolean {
  return path.endsWith(PACKED);
}

/** The fastest level: more of it makes a tenant hardly smaller. */
export function pack(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
  });
}

/** The bytes of a packed file as they were; `undefined` where it is damaged, or holds more than a tenant file may. */
export function unpacked(path: string): Buffer | undefined {
  const packed = readRegularFile(path, MAX_BYTES);
  try {
    return zstdDecompressSync(packed, { maxOutputLength: MAX_BYTES });
  } catch {
    return undefined;
  }
}
