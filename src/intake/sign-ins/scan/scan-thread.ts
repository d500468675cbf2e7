import { parentPort } from 'node:worker_threads';
import type { LineBlock } from './line-blocks.ts';
import { BlockScanner } from './scan-blocks.ts';

/** What a thread is asked: to scan a block, with memory to read it into. */
export interface ScanRequest {
  readonly scanner: number;
  readonly block: LineBlock;
  readonly memory: ArrayBuffer | undefined;
}

let own: BlockScanner | undefined;

parentPort?.on('message', ({ scanner, block, memory }: ScanRequest) => {
  own ??= new BlockScanner(scanner);
  const lines = own.scan(block, memory);
  const { bytes, rows, fresh } = lines;
  const moved = [bytes.buffer, rows.buffer, fresh.texts.bytes.buffer, fresh.lists.bytes.buffer];
  parentPort?.postMessage(lines, moved as ArrayBuffer[]);
});
