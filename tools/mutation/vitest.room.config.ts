import { defineConfig } from 'vitest/config';
import { ROOMS } from './rooms.ts';

/** The tests of the room that `ROOM` names. */
export default defineConfig({
  test: {
    include: [...(ROOMS[process.env['ROOM'] ?? '']?.tests ?? [])],
    testNamePattern: /^(?!.* in less than a second)/, // a measure of speed judges no mutant
    setupFiles: ['tools/mutation/fewer-runs.ts'],
    pool: 'threads',
    isolate: false, // one start for all files of a mutant
    testTimeout: 30_000,
    update: false,
  },
});
