import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { once } from '../../core/values/once.ts';

/**
 * How zstd looks: over all of a block, and for what is alike in seven bytes or more, as texts that are alike are alike in much. Measured on
 * blocks of records of 4.6 and of 18 kB, these take a third less time than level 3 and no more room. Named when they are needed: node:zlib
 * takes a start longer to begin than it may.
 */
const parameters = once(() => ({
  [constants.ZSTD_c_compressionLevel]: 1,
  [constants.ZSTD_c_windowLog]: 20,
  [constants.ZSTD_c_hashLog]: 18,
  [constants.ZSTD_c_minMatch]: 7,
}));

/** The text of a block as it lies in the log. */
export function pack(text: Uint8Array): Uint8Array {
  // Room for nearly all of it at once: a result in pieces costs more than the compression, and so does room that comes and goes.
  return zstdCompressSync(text, { chunkSize: Math.ceil(text.length / 4) + 1024, params: parameters() });
}

/** The text again, of which the length is known. Throws an Error for what is none. */
export function unpack(content: Uint8Array, length: number): Buffer {
  return zstdDecompressSync(content, { chunkSize: Math.max(64, length + 64), maxOutputLength: length + 64 });
}
