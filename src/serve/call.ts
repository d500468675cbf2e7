import type { JsonObject } from '../core/tenant/plans/change.ts';
import type { Claims } from './token.ts';

export type Version = 'v1.0' | 'beta';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** One request to Graph, read: alone, or as a part of a batch. */
export interface Call {
  readonly method: string;
  readonly version: Version;
  /** Segments of the path behind the version, decoded. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** What the caller calls us: `nextLink` and `Location` are built from it. */
  readonly origin: string;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly claims: Claims;
  readonly requestId: string;
  /** The body as JSON; throws GraphError 400 where it is none. */
  readonly body: () => unknown;
}

/** The parts of a path that a route leaves open, by name. */
export type Parameters = Readonly<Record<string, string>>;

export interface Answer {
  readonly status: number;
  readonly body?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An object with its annotations, as Graph answers for one. */
export function entity({ origin, version }: Call, context: string, value: JsonObject): JsonObject {
  return { '@odata.context': `${origin}/${version}/$metadata#${context}`, ...value };
}

export const NO_CONTENT: Answer = { status: 204 };
