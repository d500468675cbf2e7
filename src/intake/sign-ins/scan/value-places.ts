import { overValue } from './json-scan.ts';
import { isPlainText, plainText } from './plain-text.ts';

/**
 * From here on a number is no number of a value but its place: how many bytes behind the first one it stands. Such a value is not
 * known from before, and two are never taken for the same.
 */
export const PLACED = 2 ** 30;

/** Bytes of the shortest value that is left at its place: `null` and the empty text come again and again. */
export const SHORTEST_PLACED = 5;

/** Members with a value for each sign-in, nearly, which is read as quickly as it is found among those before. */
export const PLACED_MEMBERS: ReadonlySet<string> = new Set([
  'ipAddress',
  'globalSecureAccessIpAddress',
  'sourceIpAddress',
  'ipAddressFromResourceProvider',
]);

/** The value that stands at a place. A 0 stands behind the bytes. */
export function valueAt(bytes: Uint8Array, placed: number): unknown {
  const start = placed - PLACED;
  const end = overValue(bytes, start, 1);
  if (isPlainText(bytes, start, end)) return plainText(bytes, start, end);
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8'));
}
