import { parentPort } from 'node:worker_threads';
import type { LineBlock } from './line-blocks.ts';
import { BlockScanner } from './scan-blocks.ts';

/** What a thread is asked: to read a block into one of its slots, and to scan it there. */
export interface ScanRequest {
  readonly scanner: number;
  readonly block: LineBlock;
  readonly slot: number;
}

const own = new BlockScanner();

parentPort?.on('message', ({ scanner, block, slot }: ScanRequest) => {
  const lines = own.scan(block, slot, scanner);
  const { rows, fresh } = lines;
  // The lines themselves stay where both threads see them, and what was found in them mostly, too.
  const moved = [rows, fresh.texts.bytes, fresh.lists.bytes].flatMap(({ buffer }) =>
    buffer instanceof ArrayBuffer && buffer.byteLength > 0 ? [buffer] : [],
  );
  parentPort?.postMessage(lines, moved);
});
