import { GsaError } from '../trouble/error.ts';
import type { Answer, Call, Parameters } from './call.ts';
import { allowed } from './caller.ts';
import { DeniedError, errorBody, GraphError, noSegment } from './graph-error.ts';
import type { Route } from './routes.ts';
import { ROUTES } from './routes.ts';
import type { World } from './world.ts';

/** Answers one request to Graph: its route, the rights, the work. Refusals become Graph's error bodies; never rejects. */
export async function dispatch(call: Call, world: World, onBug: (error: unknown) => void): Promise<Answer> {
  try {
    const { route, parameters } = routeOf(call);
    allowed(world.state.read().tenant, call.claims, route.needs);
    return await route.answer(call, world, parameters);
  } catch (error) {
    if (error instanceof DeniedError) await world.onDenied({ ...error, request: `${call.method} ${pathOf(call)}` });
    const clientRequestId = call.headers['client-request-id'];
    return answerToThrown(error, { requestId: call.requestId, clientRequestId, dateTime: world.now() }, onBug);
  }
}

const pathOf = ({ version, segments }: Call): string => `/${[version, ...segments].join('/')}`;

const BUG = new GraphError(500, 'InternalServerError', 'gsa failed to answer this; its log says where.');

/** What an error body says of the request beside what is wrong. */
export interface About {
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
  readonly dateTime: string;
}

/** The answer to a request whose work threw: a refusal in Graph's words, or 500 for a bug, of which `onBug` is told. */
export function answerToThrown(thrown: unknown, about: About, onBug: (error: unknown) => void): Answer {
  const refusal = refusalOf(thrown);
  if (refusal === undefined) onBug(thrown);
  const error = refusal ?? BUG;
  const { requestId, clientRequestId = requestId, dateTime } = about;
  const body = errorBody(error, { dateTime, requestId, clientRequestId });
  return { status: error.status, headers: error.headers, body: { ...body } };
}

/** What the tenant file refuses, as a service would say it. */
function refusalOf(error: unknown): GraphError | undefined {
  if (error instanceof GraphError) return error;
  if (!(error instanceof GsaError)) return undefined;
  if (error.kind === 'busy') {
    return new GraphError(503, 'ServiceUnavailable', error.message, { headers: { 'retry-after': '1' } });
  }
  return new GraphError(500, 'InternalServerError', error.message);
}

function routeOf(call: Call): { readonly route: Route; readonly parameters: Parameters } {
  const fitting = COMPILED.flatMap(({ route, parts }) => {
    const parameters = fitted(parts, call.segments);
    return parameters === undefined ? [] : [{ route, parameters }];
  });
  const ofVersion = fitting.filter(({ route }) => route.since === 'v1.0' || call.version === 'beta');
  if (ofVersion.length === 0) throw noSegment(firstUnknown(call));
  const found = ofVersion.find(({ route }) => route.method === call.method);
  if (found !== undefined) return found;
  throw new GraphError(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.', {
    headers: { allow: [...new Set(ofVersion.map(({ route }) => route.method))].join(', ') },
  });
}

const COMPILED = ROUTES.map((route) => ({ route, parts: route.path.split('/') }));

/** What the open parts of a route stand for; `undefined`: another path. Names are compared in any case, as Graph does. */
function fitted(parts: readonly string[], segments: readonly string[]): Parameters | undefined {
  if (parts.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const segment = segments[at] ?? '';
    const [, prefix, name] = /^(.*)\{(\w+)\}$/.exec(part) ?? [];
    if (name === undefined || prefix === undefined) {
      if (part.toLowerCase() !== segment.replace(/^microsoft\.graph\.(networkaccess\.)?/, '').toLowerCase())
        return undefined;
    } else if (segment.startsWith(prefix) && !segment.startsWith('$')) parameters[name] = segment.slice(prefix.length);
    else return undefined;
  }
  return parameters;
}

/** The first segment from which on there is no route, as Graph names it. */
function firstUnknown({ segments, version }: Call): string {
  const known = COMPILED.filter(({ route }) => route.since === 'v1.0' || version === 'beta');
  const depth = segments.findIndex(
    (_, at) =>
      !known.some(
        ({ parts }) => parts.length > at && fitted(parts.slice(0, at + 1), segments.slice(0, at + 1)) !== undefined,
      ),
  );
  return segments[depth === -1 ? segments.length - 1 : depth] ?? '';
}
