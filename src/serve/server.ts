import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { answerBatch } from './batch.ts';
import { readBody } from './body.ts';
import type { Answer, Call } from './call.ts';
import { makeCertificate } from './certificate.ts';
import { connectProxy } from './connect-proxy.ts';
import { LIMITS, listen } from './connections.ts';
import { answerToThrown, dispatch } from './dispatch.ts';
import { GraphError } from './graph-error.ts';
import { graphUrl } from './graph-url.ts';
import { hostName, isServed } from './hosts.ts';
import { isTooLarge, requestText } from './request-text.ts';
import { discoveryAnswer, isTokenPath, tokenAnswer } from './sign-in-host.ts';
import { readToken } from './token.ts';
import type { World } from './world.ts';

export interface ServeOptions {
  readonly port: number;
  readonly proxy: boolean;
  /** Everybody acts as that one, whoever signs in. */
  readonly everybodyIs: string | undefined;
  /** Makes a folder for what goes with the server. */
  readonly makeFolder: () => Promise<string>;
  /** The clock of the certificate, which clients compare with their own. */
  readonly today: Date;
  /** One line for each request; no body, and no query of a sign-in. */
  readonly log: (line: string) => Promise<void>;
  readonly onBug: (error: unknown) => void;
}

/** A server that runs. */
export interface Served {
  readonly url: string;
  readonly proxyUrl: string | undefined;
  readonly certificate: string;
  /** How many requests were answered. */
  readonly requests: () => number;
  /** How many came to nothing, parts of a batch each by itself: a change that was not made, and whatever lacked a login. */
  readonly failedRequests: () => number;
  stop(): Promise<void>;
}

/** Milliseconds that a client has to greet; one that only connects is gone after these. */
const GREETING = 10_000;

/** Starts the server on the loopback address, and there alone. */
export async function serve(world: World, options: ServeOptions): Promise<Served> {
  const certificate = await makeCertificate(options.today, await options.makeFolder());
  const { cert, key } = certificate;
  let [requests, failedRequests] = [0, 0];
  const underWay = new Set<Promise<void>>();
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    requests++;
    const onAnswered = (method: string, status: number) => {
      if (cameToNothing(method, status)) failedRequests++;
    };
    const answered = respond(request, response, world, { ...options, onAnswered }).catch(options.onBug);
    underWay.add(answered);
    void answered.then(() => {
      underWay.delete(answered);
      onAnswered(request.method ?? '', response.statusCode);
    });
  };
  const server = createServer({ cert, key, ...LIMITS, handshakeTimeout: GREETING }, answer);
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    // A body that is too large need not be sent at all.
    if (!isTooLarge(request)) response.writeContinue();
    answer(request, response);
  });
  server.on('checkExpectation', answer);
  try {
    const direct = await listen(server, options.port);
    const refuse = (target: string) => void options.log(`refused ${target}`).catch(() => undefined);
    const proxy = options.proxy ? await listen(connectProxy(server, refuse), 0) : undefined;
    return {
      url: `https://127.0.0.1:${direct.port}`,
      proxyUrl: proxy === undefined ? undefined : `http://127.0.0.1:${proxy.port}`,
      certificate: certificate.path,
      requests: () => requests,
      failedRequests: () => failedRequests,
      stop: async () => {
        await Promise.all([direct.close(), proxy?.close()]);
        // A change that was begun is made, and told: only its sender no longer hears of it.
        await Promise.all(underWay);
        await certificate.remove();
      },
    };
  } catch (error) {
    await certificate.remove();
    throw error;
  }
}

function cameToNothing(method: string, status: number): boolean {
  const isReading = method === 'GET' || method === 'HEAD';
  return status === 401 || (!isReading && status >= 400);
}

/** How one request is answered. */
interface Answering extends ServeOptions {
  /** Told of each part of a batch, which as a whole is answered with 200. */
  readonly onAnswered: (method: string, status: number) => void;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  world: World,
  options: Answering,
): Promise<void> {
  const requestId = world.newId();
  // A client that goes away in the middle is nobody's trouble.
  response.on('error', () => undefined);
  request.on('error', () => undefined);
  const clientRequestId = header(request, 'client-request-id');
  const onBug = (error: unknown) => {
    // What ends in the middle is no bug of ours.
    if (!request.destroyed) options.onBug(error);
  };
  const answer = await answerTo(request, requestId, world, options).catch((error: unknown) =>
    answerToThrown(error, { requestId, clientRequestId, dateTime: world.now() }, onBug),
  );
  await options.log(`${request.method} ${shownUrl(request.url ?? '')} ${answer.status}`).catch(() => undefined);
  const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    ...(text === '' ? {} : { 'content-type': 'application/json; odata.metadata=minimal; charset=utf-8' }),
    'content-length': Buffer.byteLength(text),
    'request-id': requestId,
    'client-request-id': clientRequestId ?? requestId,
    'x-gsa-simulated': '1',
    'odata-version': '4.0',
    ...answer.headers,
  });
  response.end(text);
}

/** The query of a sign-in may hold what nobody should read. */
function shownUrl(url: string): string {
  return graphUrlOrNothing(url) ? url : (url.split('?')[0] ?? '');
}

function graphUrlOrNothing(url: string): boolean {
  return /^\/(v1\.0|beta)\//i.test(url);
}

async function answerTo(
  request: IncomingMessage,
  requestId: string,
  world: World,
  options: Answering,
): Promise<Answer> {
  const host = hostName(request.headers.host);
  if (!isServed(host)) throw new GraphError(421, 'MisdirectedRequest', `'${host}' is not simulated here.`);
  const url = request.url ?? '/';
  const graph = graphUrl(url);
  if (graph === undefined) return otherAnswer(request, url, world, options);
  const { tenantId } = world.state.read().tenant;
  const claims = readToken(header(request, 'authorization'), tenantId, Date.now());
  const text = request.method === 'GET' ? '' : await requestText(request);
  const call: Call = {
    ...graph,
    method: request.method ?? 'GET',
    origin: `https://${request.headers.host}`,
    headers: Object.fromEntries(Object.keys(request.headers).map((name) => [name, header(request, name)])),
    claims,
    requestId,
    body: () => readBody(text, header(request, 'content-type')).value,
  };
  const isBatch = call.segments.length === 1 && call.segments[0]?.toLowerCase() === '$batch' && call.method === 'POST';
  if (!isBatch) return dispatch(call, world, options.onBug);
  const answer = (part: Call) => dispatch({ ...part, requestId: world.newId() }, world, options.onBug);
  return answerBatch(call, answer, options.onAnswered);
}

/** What is asked of the sign-in host and of Azure's, or by the same paths of this one. */
async function otherAnswer(
  request: IncomingMessage,
  url: string,
  world: World,
  { everybodyIs }: ServeOptions,
): Promise<Answer> {
  const path = url.split('?')[0] ?? '';
  const { tenant } = world.state.read();
  if (request.method === 'POST' && isTokenPath(path)) {
    const form = new URLSearchParams(await requestText(request));
    return tokenAnswer(form, { tenant, everybodyIs, now: Math.floor(Date.now() / 1000), newId: world.newId });
  }
  const discovery = discoveryAnswer(path, tenant.tenantId);
  if (discovery !== undefined) return discovery;
  if (path === '/subscriptions') return { status: 200, body: { value: [] } };
  if (path === '/tenants')
    return { status: 200, body: { value: [{ id: `/tenants/${tenant.tenantId}`, tenantId: tenant.tenantId }] } };
  throw new GraphError(404, 'ResourceNotFound', `gsa does not simulate '${path}'.`);
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}
