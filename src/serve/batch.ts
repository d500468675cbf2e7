import type { JsonObject } from '../core/tenant/plans/change.ts';
import { isObject } from '../core/values/is-object.ts';
import { objectOf } from './body.ts';
import type { Answer, Call } from './call.ts';
import { badRequest } from './graph-error.ts';
import { callTo } from './graph-url.ts';

/** The most requests that Graph takes in a batch (GDOC json-batching). */
const MOST = 20;

interface Part {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly dependsOn: readonly string[];
}

/**
 * Answers the parts of a batch one after the other, which is within what Graph promises: none. A part whose predecessor
 * failed is not tried (424). `onPart` is told what became of each.
 */
export async function answerBatch(
  call: Call,
  answer: (part: Call) => Promise<Answer>,
  onPart: (method: string, status: number) => void,
): Promise<Answer> {
  const parts = partsOf(objectOf(call.body()));
  const statuses = new Map<string, number>();
  const responses: JsonObject[] = [];
  for (const part of parts) {
    const isHeld = part.dependsOn.some((id) => (statuses.get(id) ?? 424) >= 400);
    const { status, headers = {}, body } = isHeld ? HELD : await answer(partCall(call, part));
    onPart(part.method.toUpperCase(), status);
    statuses.set(part.id, status);
    responses.push({
      id: part.id,
      status,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: body ?? null,
    });
  }
  return { status: 200, body: { responses } };
}

const HELD: Answer = {
  status: 424,
  body: { error: { code: 'FailedDependency', message: 'A request that this one depends on failed.' } },
};

function partCall(call: Call, { method, url, body, headers }: Part): Call {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    ...call,
    ...callTo(url, call.version),
    method: method.toUpperCase(),
    headers: { 'client-request-id': call.headers['client-request-id'], ...lower },
    body: () => body,
  };
}

function partsOf({ requests }: JsonObject): readonly Part[] {
  if (!Array.isArray(requests) || requests.length === 0) throw badRequest('Batch request must contain requests.');
  if (requests.length > MOST) throw badRequest(`The number of batch requests exceeds the maximum of ${MOST}.`);
  const parts = requests.map(partOf);
  if (new Set(parts.map(({ id }) => id)).size < parts.length) throw badRequest('Batch request ids must be unique.');
  return parts;
}

function partOf(request: unknown): Part {
  if (!isObject(request)) throw badRequest('Invalid batch payload format.');
  const { id, method, url, body, headers = {}, dependsOn = [] } = request;
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string' || !isObject(headers)) {
    throw badRequest('A batch request has an id, a method and a url.');
  }
  const before = Array.isArray(dependsOn) ? dependsOn.map(String) : [];
  const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return { id, method, url, body, headers: texts, dependsOn: before };
}
