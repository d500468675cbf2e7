import { isMembers } from './facts/members.ts';
import { severalIn } from './formats/wrappers.ts';
import type { RawRecord } from './raw-records.ts';
import { skip } from './raw-records.ts';

/** Records with each of a message that holds several in its place. */
export async function* unbundled(batches: AsyncIterable<readonly RawRecord[]>): AsyncGenerator<readonly RawRecord[]> {
  for await (const batch of batches) {
    let opened: RawRecord[] | undefined;
    for (let at = 0; at < batch.length; at++) {
      const raw = batch[at] as RawRecord;
      const several = raw.kind === 'record' ? severalIn(raw.members) : undefined;
      if (raw.kind !== 'record' || several === undefined) opened?.push(raw);
      else {
        opened ??= batch.slice(0, at);
        for (const members of several) {
          const { place } = raw;
          opened.push(
            isMembers(members) ? { kind: 'record', members, place } : skip('notASignIn', 'holds no object', place),
          );
        }
      }
    }
    yield opened ?? batch;
  }
}
