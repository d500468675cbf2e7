import type { SignInAttempt } from '../../src/core/signaling/attempt.ts';
import type { NumberedAttempt } from '../../src/core/signaling/numbered-attempt.ts';
import { PARTS_WIDTH, putAddress, WORDS_WIDTH } from '../../src/core/signaling/numbered-attempt.ts';

/** A sign-in by the numbers of its parts, the only one of its numbering. */
export function numbered(attempt: SignInAttempt): NumberedAttempt {
  const { source, proxy } = attempt.network;
  const words = new Uint32Array(WORDS_WIDTH);
  for (const [place, address] of [attempt.recordedIpAddress, proxy?.address, source.address].entries()) {
    putAddress(words, 0, place, address);
  }
  const rows = { numbering: {}, numbers: new Int32Array(PARTS_WIDTH).fill(1), words };
  return { rows, row: 0, identity: attempt.identity, attempt };
}
