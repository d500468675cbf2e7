import type { ReadSignInsOptions } from '../../src/intake/sign-ins/read-sign-ins.ts';
import { readSignIns } from '../../src/intake/sign-ins/read-sign-ins.ts';
import type { SignInSource } from '../../src/intake/sign-ins/source-files.ts';
import type { ReadSignIn, SkippedSignIn } from '../../src/intake/types.ts';
import type { SignInFileReport } from './file-report.ts';
import { FileTally } from './file-report.ts';

export interface AllSignIns {
  readonly signIns: readonly ReadSignIn[];
  readonly skipped: readonly SkippedSignIn[];
  readonly reports: readonly SignInFileReport[];
}

/** Reads everything into memory: for tests. */
export async function readAll(sources: readonly SignInSource[], options: ReadSignInsOptions = {}): Promise<AllSignIns> {
  const signIns: ReadSignIn[] = [];
  const skipped: SkippedSignIn[] = [];
  const tallies = new Map<string, FileTally>();
  for await (const item of readSignIns(sources, options)) {
    const { file } = 'signIn' in item ? item.signIn.place : item.skipped.place;
    const tally = tallies.get(file) ?? new FileTally(file);
    tallies.set(file, tally);
    tally.count(item);
    if ('signIn' in item) signIns.push(keptOf(item.signIn));
    else skipped.push(item.skipped);
  }
  return { signIns, skipped, reports: [...tallies.values()].map((tally) => tally.report()) };
}

/** What of a sign-in is still good when the next ones are read: each member is asked for before, and copied. */
function keptOf({ id, createdDateTime, record, attempt, format, marks, weight, place }: ReadSignIn): ReadSignIn {
  const kept = { id, createdDateTime, record, attempt, format, marks, place };
  return weight === undefined ? kept : { ...kept, weight };
}

/** Text or bytes as a source with a name. */
export function source(content: string | Uint8Array, name = 'standard input'): SignInSource {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    name,
    stream: (async function* () {
      yield bytes;
    })(),
  };
}

/** The same in pieces of so many bytes. */
export function sourceInPieces(content: string, size: number, name = 'standard input'): SignInSource {
  const bytes = Buffer.from(content);
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  return { name, stream: pieces() };
}
