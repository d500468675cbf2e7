import type { Transform } from 'node:stream';
import { pipeline, Readable } from 'node:stream';

/**
 * What comes out of a transform, as fast as it is read, with every error thrown to the reader. (`Readable.compose` loses an
 * error of its last stream into an uncaught exception.) Stopping to read stops the source too.
 */
export function through(chunks: AsyncIterable<Uint8Array>, transform: Transform): AsyncIterable<Uint8Array> {
  // The callback is for nothing but to keep pipeline quiet: the error reaches the reader of the transform.
  pipeline(Readable.from(chunks, { objectMode: false }), transform, () => {});
  return transform;
}

/**
 * What a parser makes of the chunks, in one batch for each. Unlike `through` it loses nothing of what was parsed before an
 * error, but holds all that one chunk makes: for transforms that do not inflate.
 */
export async function* parsed(
  chunks: AsyncIterable<Uint8Array>,
  parser: Transform,
): AsyncGenerator<readonly unknown[]> {
  let batch: unknown[] = [];
  const failures: Error[] = [];
  const taken = () => {
    const full = batch;
    batch = [];
    return full;
  };
  parser.on('data', (item: unknown) => batch.push(item));
  parser.on('error', (error) => failures.push(error));
  for await (const chunk of chunks) {
    await settled(parser, (done) => parser.write(chunk, done));
    yield taken();
    if (failures[0] !== undefined) throw failures[0];
  }
  await settled(parser, (done) => parser.once('end', done).end());
  yield taken();
  if (failures[0] !== undefined) throw failures[0];
}

/** Waits until the step is done, or the parser is closed by an error. */
function settled(parser: Transform, step: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      parser.off('close', done);
      resolve();
    };
    parser.once('close', done);
    step(done);
  });
}
