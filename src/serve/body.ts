import type { JsonObject } from '../core/tenant/plans/change.ts';
import { isObject } from '../core/values/is-object.ts';
import type { BodyReading } from '../intake/graph-body.ts';
import type { JsonDocument } from '../intake/json/document.ts';
import { readJson } from '../intake/json/read.ts';
import { badRequest } from './graph-error.ts';

const UNREADABLE =
  'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.';

/** A body as JSON with places; strict, as for a file. Throws GraphError 400, also for a body that calls itself something else. */
export function readBody(text: string, contentType: string | undefined): JsonDocument {
  if (text !== '' && !/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? '')) throw badRequest(UNREADABLE);
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

/** A body without annotations and without what Graph alone sets; what it binds by address stands in it by its id. */
export function writable(body: JsonObject): JsonObject {
  const own = Object.fromEntries(Object.entries(body).filter(([name]) => !READ_ONLY.includes(name)));
  return withoutAnnotations(own);
}

function withoutAnnotations(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const bound = /^(\w+)@odata\.bind$/.exec(name)?.[1];
      if (bound !== undefined && typeof member === 'string') return [[bound, { id: lastSegment(member) }]];
      if (name.includes('@') && name !== '@odata.type') return [];
      return [[name, isObject(member) ? withoutAnnotations(member) : member]];
    }),
  );
}

/** The id of what an address names: `…/authenticationStrengthPolicies/{id}` or `…/authenticationStrengthPolicies('{id}')`. */
function lastSegment(address: string): string {
  const segment = address.replace(/\/+$/, '').split('/').at(-1) ?? '';
  return /\('?([^')]*)'?\)$/.exec(segment)?.[1] ?? segment;
}

/**
 * A PATCH: members that are left out stay, objects are joined member by member, lists and values are replaced; so is an object
 * by one of another id.
 */
export function patched(before: JsonObject, patch: JsonObject): JsonObject {
  const joined = Object.entries(patch).map(([name, after]) => {
    const old = Object.hasOwn(before, name) ? before[name] : undefined;
    return [name, isObject(old) && isObject(after) && !isAnother(old, after) ? patched(old, after) : after];
  });
  return { ...before, ...Object.fromEntries(joined) };
}

function isAnother(before: JsonObject, after: JsonObject): boolean {
  return Object.hasOwn(after, 'id') && after['id'] !== before['id'];
}
