import type { IncomingMessage } from 'node:http';
import { GraphError } from './graph-error.ts';

/** Bytes of the largest body: no policy comes near, and a batch of twenty neither. */
const LARGEST_BODY = 4 * 1024 * 1024;

/**
 * The body of a request as text. Throws GraphError 413 as soon as it is too large, whatever the request says of its size; what
 * is still to come is then read and forgotten, because a client that is cut off while it sends never sees the answer.
 */
export async function requestText(request: IncomingMessage): Promise<string> {
  if (isTooLarge(request)) throw tooLarge();
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(piece);
    size += bytes.length;
    if (size > LARGEST_BODY) {
      request.resume();
      throw tooLarge();
    }
    pieces.push(bytes);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Whether a request says by itself that its body is too large. */
export function isTooLarge({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > LARGEST_BODY;
}

function tooLarge(): GraphError {
  return new GraphError(413, 'RequestEntityTooLarge', `The body is larger than ${LARGEST_BODY} bytes.`);
}
