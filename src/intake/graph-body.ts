import type { NamedLocation } from '../core/tenant/named-location.ts';
import type { JsonObject } from '../core/tenant/plans/change.ts';
import type { ConditionalAccessPolicy } from '../core/tenant/policy.ts';
import { Cursor, Findings } from './import/findings.ts';
import { readNamedLocation } from './import/named-location.ts';
import { readPolicy } from './import/policy.ts';

/** The object of a request body, or what is wrong with it, member by member. */
export type BodyReading<T> = { readonly item: T } | { readonly problems: readonly BodyProblem[] };

export interface BodyProblem {
  /** JSON Pointer into the body. */
  readonly pointer: string;
  readonly message: string;
}

/** A policy as somebody sends it to Graph; read as an export is, so that both mean the same. */
export function readPolicyBody(body: JsonObject): BodyReading<ConditionalAccessPolicy> {
  return readBody('policy', body, readPolicy);
}

/** A named location as somebody sends it to Graph. */
export function readNamedLocationBody(body: JsonObject): BodyReading<NamedLocation> {
  return readBody('namedLocation', body, readNamedLocation);
}

function readBody<T>(
  kind: string,
  body: JsonObject,
  read: (value: JsonObject, at: Cursor) => T | undefined,
): BodyReading<T> {
  const findings = new Findings('the body');
  const place = (pointer: string) => ({ file: 'the body', pointer });
  const item = read(body, new Cursor({ findings, source: { place }, unknown: [] }, '', kind));
  const errors = findings.list().filter(({ severity }) => severity === 'error');
  if (item !== undefined && errors.length === 0) return { item };
  return { problems: errors.map(({ message, place: { pointer = '' } }) => ({ pointer, message })) };
}
