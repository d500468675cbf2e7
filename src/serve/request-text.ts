import type { IncomingMessage } from 'node:http';
import { GraphError } from './graph-error.ts';

/** Bytes of the largest body: no policy comes near, and a batch of twenty neither. */
const LARGEST_BODY = 4 * 1024 * 1024;

/** The body of a request as text. Throws GraphError 413 as soon as it is too large, whatever the request says of its size. */
export async function requestText(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > LARGEST_BODY) throw tooLarge();
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function tooLarge(): GraphError {
  return new GraphError(413, 'RequestEntityTooLarge', `The body is larger than ${LARGEST_BODY} bytes.`, {
    headers: { connection: 'close' },
  });
}
