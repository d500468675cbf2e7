import { hash } from 'node:crypto';
import type { JsonObject } from '../../core/tenant/plans/change.ts';
import { isJsonObject, nameOfType } from '../json/value.ts';
import { quoted } from '../text/excerpt.ts';
import type { Cursor } from './findings.ts';
import { memberOf } from './member-names.ts';

/** Graph's ids are GUIDs; files made by hand have short words. Nothing that could be taken for a path or a prototype. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._:@|~-]{0,127}$/;
/** Graph's own limit for display names. */
const LONGEST_NAME = 256;

/** The id as written, `undefined` without one; anything else that stands there is an error. */
export function readId(value: unknown, at: Cursor): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') at.error('wrongType', `expected an id as text, found ${nameOfType(value)}`);
  else if (!ID.test(value)) at.error('badId', `${quoted(value, 40)} is not an id`);
  else return value;
  return undefined;
}

/** The name, `''` without one: Graph wants one, so a missing name is reported. */
export function readName(value: unknown, at: Cursor): string {
  if (value === undefined || value === null) {
    at.warning('noName', 'is missing; the item stays without a name');
    return '';
  }
  if (typeof value !== 'string') {
    at.error('wrongType', `expected text, found ${nameOfType(value)}`);
    return '';
  }
  if (value.length > LONGEST_NAME) at.warning('longName', `is longer than the ${LONGEST_NAME} characters of Graph`);
  return value;
}

/** What tells an object from the others of its list. */
export function keyOf(value: JsonObject): string {
  const id = memberOf(value, 'id');
  return typeof id === 'string' && id !== '' ? id.toLowerCase() : JSON.stringify(value);
}

/** Our own namespace for names of items that carry no id (RFC 9562, version 5). */
const NAMESPACE = 'gsa:item-without-id:';

/**
 * An id for an item without one, as templates are: a version 5 UUID of its kind and content. The same content gets the same
 * id on every machine, so that a second import changes nothing; the order of members and the file do not matter.
 */
export function contentId(kind: string, content: JsonObject): string {
  const digest = hash('sha1', `${NAMESPACE}${kind}:${canonical(content)}`);
  const variant = ((Number.parseInt(digest.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `5${digest.slice(13, 16)}`,
    `${variant}${digest.slice(18, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}

/** JSON with sorted members: the same text for the same meaning. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`);
  return `{${members.join(',')}}`;
}
