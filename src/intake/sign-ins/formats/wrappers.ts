import { readJson } from '../../json/read.ts';
import type { Members } from '../facts/members.ts';
import { isMembers } from '../facts/members.ts';

/**
 * Collectors carry the record in a member of their own, as text or as an object: `message` (Logstash, Sekoia's tests under
 * `input`), `_raw` (Splunk), `Body` (event hub captures), `event.original` (Elastic, with the tag
 * `preserve_original_event`), `event` (Splunk's HTTP collector), `raw_data` (events of OCSF), `utf8_payload` (QRadar). Search engines put
 * the whole document into `_source`, `fields` or `result`, Datadog into `attributes`, those of its interface into `attributes` again.
 */
const TEXT_MEMBERS = [
  'message',
  '_raw',
  'Body',
  'body',
  'event.original',
  'event',
  'original',
  'raw',
  'log',
  'raw_data',
  'utf8_payload',
];
const OBJECT_MEMBERS = ['_source', 'fields', 'result', 'event', 'input', 'raw', 'data', 'body', 'attributes'];

/** The record inside; nothing where there is none. */
export function unwrap(record: Members): Members | undefined {
  for (const name of TEXT_MEMBERS) {
    const inner = parsed(textIn(record[name]));
    if (inner !== undefined) return inner;
  }
  for (const name of OBJECT_MEMBERS) {
    const inner = record[name];
    if (isMembers(inner) && (name !== 'event' || holdsRecord(inner))) return inner;
  }
  return undefined;
}

/** Several records in one text, as Azure Monitor sends them to an event hub. */
const SEVERAL = /^\s*\{\s*"records"\s*:\s*\[/;

/** The records of a message that holds several, however many objects are around it; nothing for any other record. */
export function severalIn(record: Members): readonly unknown[] | undefined {
  for (const name of TEXT_MEMBERS) {
    const text = textIn(record[name]);
    const records = text !== undefined && SEVERAL.test(text) ? parsed(text)?.['records'] : undefined;
    if (Array.isArray(records)) return records;
  }
  for (const name of OBJECT_MEMBERS) {
    const inner = record[name];
    const several = isMembers(inner) ? severalIn(inner) : undefined;
    if (several !== undefined) return several;
  }
  return undefined;
}

/** A record that is text and no JSON: the member that has it, and whether its end is missing. */
export interface BrokenText {
  readonly member: string;
  readonly isCut: boolean;
}

/** The first text that begins as a record does and cannot be read, however many objects are around it. */
export function brokenTextIn(record: Members): BrokenText | undefined {
  for (const member of TEXT_MEMBERS) {
    const text = textIn(record[member]);
    if (text === undefined || !/^\s*\{\s*"/.test(text) || parsed(text) !== undefined) continue;
    const reading = readJson(text);
    return { member, isCut: !reading.ok && reading.fault.code === 'truncatedJson' };
  }
  for (const name of OBJECT_MEMBERS) {
    const inner = record[name];
    const broken = isMembers(inner) ? brokenTextIn(inner) : undefined;
    if (broken !== undefined) return { ...broken, member: `${name}.${broken.member}` };
  }
  return undefined;
}

/** What an event is made of, as against what ECS says about it (`event.action`, `event.dataset`). */
function holdsRecord(event: Members): boolean {
  return 'original' in event || 'properties' in event || 'createdDateTime' in event;
}

/** Elastic's `fields` give every value as a list; the JSON of Avro has bytes in an object (captures of an event hub). */
function textIn(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof one === 'string') return one;
  const bytes = isMembers(one) ? one['bytes'] : undefined;
  return typeof bytes === 'string' ? textOfBytes(bytes) : undefined;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Avro writes a character for each byte; some tools write the text that the bytes are. */
function textOfBytes(bytes: string): string {
  const values = Buffer.from(bytes, 'latin1');
  if (values.toString('latin1') !== bytes) return bytes;
  try {
    return decoder.decode(values);
  } catch {
    return bytes;
  }
}

function parsed(text: string | undefined): Members | undefined {
  if (text === undefined || !/^\s*\{/.test(text)) return undefined;
  try {
    const inner: unknown = JSON.parse(text);
    return isMembers(inner) ? inner : undefined;
  } catch {
    return undefined;
  }
}
