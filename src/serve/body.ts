import type { JsonObject } from '../core/tenant/plans/change.ts';
import { isObject } from '../core/values/is-object.ts';
import type { BodyReading } from '../intake/graph-body.ts';
import type { JsonDocument } from '../intake/json/document.ts';
import { readJson } from '../intake/json/read.ts';
import { badRequest } from './graph-error.ts';

const UNREADABLE =
  'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.';

/** A body as JSON with places; strict, as for a file. Throws GraphError 400. */
export function readBody(text: string): JsonDocument {
  const reading = readJson(text);
  if (!reading.ok) throw badRequest(UNREADABLE, [{ code: reading.fault.code, message: reading.fault.message }]);
  const errors = reading.document.findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return reading.document;
  throw badRequest(
    UNREADABLE,
    errors.map(({ code, message, pointer }) => ({ code, message, target: pointer })),
  );
}

/** The body of a request that wants an object. Throws GraphError 400. */
export function objectOf(body: unknown): JsonObject {
  if (isObject(body)) return body;
  throw badRequest('Empty Payload. JSON content expected.');
}

/** What was read of a body. Throws GraphError 400 with every member that is wrong. */
export function itemOf<T>(reading: BodyReading<T>): T {
  if ('item' in reading) return reading.item;
  const [first] = reading.problems;
  throw badRequest(
    `Invalid value specified: ${first?.message ?? 'the body is not understood'}`,
    reading.problems.map(({ message, pointer }) => ({ code: 'invalidValue', message, target: pointer })),
  );
}

/** Members that callers cannot set: Graph gives them. */
const READ_ONLY = ['id', 'createdDateTime', 'modifiedDateTime', 'deletedDateTime', 'templateId'];

/** A body without annotations of its own and without what Graph alone sets. */
export function writable(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).filter(([name]) => !READ_ONLY.includes(name) && name !== '@odata.context'),
  );
}

/** A PATCH: members that are left out stay, objects are joined member by member, lists and values are replaced. */
export function patched(before: JsonObject, patch: JsonObject): JsonObject {
  const joined = Object.entries(patch).map(([name, after]) => {
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    return [name, isObject(old) && isObject(after) ? patched(old, after) : after];
  });
  return { ...before, ...Object.fromEntries(joined) };
}
