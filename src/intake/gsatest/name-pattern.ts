import { RE2JS } from 're2js';
import { GsaError } from '../../trouble/error.ts';

/** Characters of an expression; those of people have some dozens. */
const LONGEST = 1_000;

/**
 * Whether names match a regular expression, in any case. RE2 answers in a time that is linear in the name, whatever the
 * expression: `^(a+)+$` ends too. Throws GsaError `usage` for what is no such expression.
 */
export function namePattern(text: string): (name: string) => boolean {
  try {
    if (text.length > LONGEST) throw new Error(`it has more than ${LONGEST} characters`);
    const pattern = RE2JS.compile(text, RE2JS.CASE_INSENSITIVE);
    return (name) => pattern.matcher(name).find();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new GsaError('usage', `--run is no regular expression: ${why}`, {
      hint: "give one in RE2's syntax, without backreferences and look-around",
      cause,
    });
  }
}
