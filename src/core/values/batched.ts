/**
 * Items of a stream, one by one or in the batches in which they were read: each step of an asynchronous stream costs as much as judging
 * a sign-in. An item of a batch is good until the next batch is asked for.
 */
export class Batched<Item> implements AsyncIterable<Item> {
  readonly batches: AsyncIterable<readonly Item[]>;

  constructor(batches: AsyncIterable<readonly Item[]>) {
    this.batches = batches;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for await (const batch of this.batches) yield* batch;
  }
}

/** The batches of a stream; of one that has none, each item by itself. */
export function batchesOf<Item>(stream: AsyncIterable<Item>): AsyncIterable<readonly Item[]> {
  return stream instanceof Batched ? (stream as Batched<Item>).batches : alone(stream);
}

async function* alone<Item>(stream: AsyncIterable<Item>): AsyncGenerator<readonly Item[]> {
  for await (const item of stream) yield [item];
}
