import { createReadStream } from 'node:fs';

/** The least that any reader does: every byte of the file, once. */
let bytes = 0;
for await (const piece of createReadStream(process.argv[2] ?? '', { highWaterMark: 1 << 20 })) bytes += piece.length;
process.stdout.write(`${bytes}\n`);
