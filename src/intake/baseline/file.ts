import { GsaError } from '../../trouble/error.ts';
import { readRegularFile } from '../files/regular-file.ts';
import { decodeText } from '../text/decode.ts';
import type { LocatedBaselineEntry } from './baseline.ts';
import { readBaseline } from './baseline.ts';

/** Tens of thousands of accepted findings; YAML takes some hundred times its size in memory. */
const LARGEST = 8 * 1024 * 1024;

/** The entries of a baseline file; throws GsaError `invalid` with every problem and its place. */
export async function readBaselineFile(file: string): Promise<readonly LocatedBaselineEntry[]> {
  const hint = 'name the baseline, a file of accepted findings; see docs/known-findings.md';
  const bytes = await readRegularFile(file, { most: LARGEST, hint });
  const decoded = decodeText(bytes);
  if (!decoded.ok) throw new GsaError('invalid', `the baseline \`${file}\` ${decoded.fault.message}`);
  const reading = readBaseline(decoded.text, file);
  if (reading.ok) return reading.entries;
  throw new GsaError('invalid', `\`${file}\` is not a baseline`, {
    hint: 'it has a list `accepted` of entries with fingerprint, reason, owner and until; see docs/known-findings.md',
    problems: reading.problems.map(({ message, place: { pointer, ...place } }) => ({
      ...place,
      ...(pointer === undefined ? {} : { path: pointer }),
      message,
    })),
  });
}
