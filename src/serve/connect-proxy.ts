import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { endWith, LIMITS } from './connections.ts';
import { HOSTS } from './hosts.ts';

const REFUSED = 'HTTP/1.1 403 Forbidden\r\nx-gsa-simulated: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';
const OPENED = 'HTTP/1.1 200 Connection established\r\nx-gsa-simulated: 1\r\n\r\n';

/** A proxy that opens tunnels to this server alone, in the place of the hosts that it simulates; every other host is refused. */
export function connectProxy(server: SecureServer, onRefused: (target: string) => void): Server {
  const proxy = createServer(LIMITS, (request, response) => {
    onRefused(request.url ?? '');
    response.writeHead(403, { 'x-gsa-simulated': '1', connection: 'close' }).end();
  });
  proxy.on('connect', ({ url = '' }, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!HOSTS.some((host) => `${host}:443` === url.toLowerCase())) {
      onRefused(url);
      endWith(socket, REFUSED);
      return;
    }
    socket.write(OPENED);
    if (head.length > 0) socket.unshift(head);
    server.emit('connection', socket);
  });
  return proxy;
}
