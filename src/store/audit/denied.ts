import {
  appendFileSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { isObject } from '../../core/values/is-object.ts';

/**
 * An attempt without the right to it: who made it, and what it was. It changed nothing, so it is no entry of the journal's chain.
 */
export interface DeniedAttempt {
  /** RFC 3339, from the context's clock. */
  readonly activityDateTime: string;
  /** The name that `--as` gave, or the tenant's default administrator. */
  readonly userPrincipalName: string;
  /** The command line that was typed. */
  readonly command: string;
  /** Why it was denied. */
  readonly resultReason: string;
  /** The serial of the tenant that it was tried on, by which it stands among the changes; earlier versions did not keep it. */
  readonly serial?: number;
}

/** Bytes after which a file of attempts makes room for a new one; the one before is kept. */
const LARGEST = 1024 * 1024;

/** Adds one attempt, a line of JSON, readable to its owner only. Throws the system's error where that cannot be written. */
export function appendDenied(path: string, attempt: DeniedAttempt): void {
  if (existsSync(path)) {
    if (!lstatSync(path).isFile()) return;
    if (statSync(path).size > LARGEST) renameSync(path, `${path}.1`);
  }
  const file = openSync(
    path,
    constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0),
    0o600,
  );
  try {
    appendFileSync(file, `${JSON.stringify(attempt)}\n`);
  } finally {
    closeSync(file);
  }
}

/** The attempts that were denied, oldest first; a line that is none, such as one that a crash cut, is passed over. */
export function readDenied(path: string): readonly DeniedAttempt[] {
  const texts = [`${path}.1`, path].filter((each) => existsSync(each) && lstatSync(each).isFile());
  return texts.flatMap((each) => readFileSync(each, 'utf8').split('\n').flatMap(attemptOf));
}

function attemptOf(line: string): readonly DeniedAttempt[] {
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) return [];
    const { activityDateTime, userPrincipalName, command, resultReason, serial } = value;
    const texts = [activityDateTime, userPrincipalName, command, resultReason];
    if (!texts.every((text) => typeof text === 'string')) return [];
    const [dateTime = '', name = '', words = '', reason = ''] = texts;
    const attempt = { activityDateTime: dateTime, userPrincipalName: name, command: words, resultReason: reason };
    return [typeof serial === 'number' ? { ...attempt, serial } : attempt];
  } catch {
    return [];
  }
}
