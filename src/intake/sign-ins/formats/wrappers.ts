import type { Members } from '../facts/members.ts';
import { isMembers } from '../facts/members.ts';

/**
 * Collectors carry the record in a member of their own, as text or as an object: `message` (Logstash, Sekoia's tests under
 * `input`), `_raw` (Splunk), `Body` (event hub captures), `event.original` (Elastic, with the tag
 * `preserve_original_event`), `event` (Splunk's HTTP collector). Search engines put the whole document into `_source`,
 * `fields` or `result`.
 */
const TEXT_MEMBERS = ['message', '_raw', 'Body', 'body', 'event.original', 'event', 'original', 'raw', 'log'];
const OBJECT_MEMBERS = ['_source', 'fields', 'result', 'event', 'input', 'raw', 'data', 'body'];

/** The record inside; nothing where there is none. */
export function unwrap(record: Members): Members | undefined {
  for (const name of TEXT_MEMBERS) {
    const inner = parsed(onlyOne(record[name]));
    if (inner !== undefined) return inner;
  }
  for (const name of OBJECT_MEMBERS) {
    const inner = record[name];
    if (isMembers(inner) && (name !== 'event' || holdsRecord(inner))) return inner;
  }
  return undefined;
}

/** What an event is made of, as against what ECS says about it (`event.action`, `event.dataset`). */
function holdsRecord(event: Members): boolean {
  return 'original' in event || 'properties' in event || 'createdDateTime' in event;
}

/** Elastic's `fields` give every value as a list. */
function onlyOne(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function parsed(text: unknown): Members | undefined {
  if (typeof text !== 'string' || !/^\s*\{/.test(text)) return undefined;
  try {
    const inner: unknown = JSON.parse(text);
    return isMembers(inner) ? inner : undefined;
  } catch {
    return undefined;
  }
}
