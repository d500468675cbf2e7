import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as requestTo } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * Stands before a server and takes the last row off one of the answers of several rows, the first being 0. The answer ends as a
 * whole one does; `lost`: it breaks off in the middle of a row, with the connection.
 */
export async function cuttingProxy(target: string, cutting: number, how: 'whole' | 'lost' = 'whole') {
  let cuttable = 0;
  const server = createServer((request, response) => {
    void relay(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** How many answers of several rows came by. */
    cuttable: () => cuttable,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };

  async function relay(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await forwarded(target, request, await text(request));
    const body = await text(answer);
    const rows = body.split('\n').filter((row) => row !== '');
    const isSettings = body.includes('"readonly"');
    const isCut = rows.length > 1 && !isSettings && cuttable++ === cutting;
    const headers = { ...answer.headers };
    delete headers['content-length'];
    response.writeHead(answer.statusCode ?? 502, headers);
    if (!isCut) response.end(body);
    else if (how === 'whole') response.end(`${rows.slice(0, -1).join('\n')}\n`);
    else response.write(body.slice(0, body.length / 2), () => setImmediate(() => response.destroy()));
  }
}

function forwarded(target: string, { method, url, headers }: IncomingMessage, body: string): Promise<IncomingMessage> {
  return new Promise((done, failed) => {
    const { host: _, ...others } = headers;
    const outgoing = requestTo(new URL(url ?? '/', target), { method, headers: others }, done);
    outgoing.once('error', failed);
    outgoing.end(body);
  });
}
