import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { GsaError } from '../trouble/error.ts';

/** Limits on slow, half and too many requests; a body has its own. */
export const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  // Longer than clients keep a connection: one that is closed just as the next request is sent on it breaks a script.
  keepAliveTimeout: 90_000,
  maxHeaderSize: 16_384,
  // A request without a host is answered here, so that this answer too says that it is simulated.
  requireHostHeader: false,
};
const MOST_CONNECTIONS = 1_000;

/** A server that listens on the loopback address, and there alone. */
export interface Listening {
  readonly port: number;
  /** Ends every connection, those that never said a word included, which Node would wait for. */
  close(): Promise<void>;
}

export async function listen(server: Server, port: number): Promise<Listening> {
  const open = new Set<Duplex>();
  server.maxConnections = MOST_CONNECTIONS;
  server.timeout = IDLE;
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('clientError', refuseBroken);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(whyNotListening(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of open) socket.destroy();
      }),
  };
}

const UNUSABLE = new Map([
  ['EADDRINUSE', 'another program listens on it'],
  ['EACCES', 'only the administrator of this machine may listen on it'],
]);

function whyNotListening(error: NodeJS.ErrnoException, port: number): Error {
  const why = UNUSABLE.get(error.code ?? '');
  if (why === undefined) return error;
  const hint = 'another `--port`, or none: any that is free is taken then';
  return new GsaError('usage', `port \`${port}\` of 127.0.0.1 cannot be had: ${why}`, { hint, cause: error });
}

/** Milliseconds after which a connection on which nothing moves is ended, such as that of a client that never reads its answer. */
const IDLE = 120_000;

/** What is no request, or comes too slowly, is answered and ended; what never became a connection is just ended. */
function refuseBroken(error: Error & { readonly code?: string }, socket: Duplex): void {
  const status = brokenStatus(error.code ?? '');
  if (status === undefined || !socket.writable) socket.destroy();
  else endWith(socket, `HTTP/1.1 ${status}\r\nx-gsa-simulated: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function brokenStatus(code: string): string | undefined {
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout';
  return code.startsWith('HPE_') ? '400 Bad Request' : undefined;
}

/** Says the last word on a connection, whether or not the other side hangs up. */
export function endWith(socket: Duplex, text: string): void {
  socket.end(text, () => socket.destroy());
}
