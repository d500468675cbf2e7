import { GsaError } from '../../trouble/error.ts';
import { readRegularFile } from '../files/regular-file.ts';
import { decodeText } from '../text/decode.ts';
import type { JsonDocument } from './document.ts';
import { readJson } from './read.ts';

/** A certificate, a plan and the body of a request are far smaller. */
const LARGEST = 16 * 1024 * 1024;

/** One JSON file that somebody names, whole; the hint says what to name. Throws GsaError `invalid` with file, line and column. */
export async function readJsonFile(file: string, hint: string): Promise<JsonDocument> {
  const bytes = await readRegularFile(file, { most: LARGEST, hint });
  const decoded = decodeText(bytes);
  if (!decoded.ok) throw new GsaError('invalid', `\`${file}\` ${decoded.fault.message}`);
  const reading = readJson(decoded.text);
  if (!reading.ok) {
    const { message, position } = reading.fault;
    throw new GsaError('invalid', `\`${file}\` ${message}`, { problems: [{ file, ...position, message }] });
  }
  const errors = reading.document.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new GsaError('invalid', `\`${file}\` cannot be taken as it is`, {
      problems: errors.map(({ message, position, pointer }) => ({ file, ...position, path: pointer, message })),
    });
  }
  return reading.document;
}
