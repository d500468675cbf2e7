import conditionalAccess from './stryker.config.mjs';
import { ROOMS } from './tools/mutation/rooms.ts';

const room = process.env.ROOM ?? '';
const chosen = ROOMS[room];
if (chosen === undefined) throw new Error(`ROOM is one of: ${Object.keys(ROOMS).join(', ')}`);

/** Mutation testing of one room: `ROOM=signaling npm run mutate -- stryker.room.config.mjs`. Its own tests alone judge it. */
export default {
  ...conditionalAccess,
  mutate: [chosen.mutate],
  vitest: { configFile: 'tools/mutation/vitest.room.config.ts', related: false },
  incrementalFile: `reports/mutation/${room}/incremental.json`,
  htmlReporter: { fileName: `reports/mutation/${room}/mutation.html` },
  jsonReporter: { fileName: `reports/mutation/${room}/mutation.json` },
};
