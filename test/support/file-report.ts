import type { SignInFormat } from '../../src/intake/sign-ins/draft-of.ts';
import type { SignInMark } from '../../src/intake/sign-ins/marks.ts';
import type { ReadSignIn, SkippedSignIn } from '../../src/intake/types.ts';

/** What was found in one file of sign-ins. */
export interface SignInFileReport {
  readonly file: string;
  /** The road of its first usable sign-in; `undefined` without one. */
  readonly format: SignInFormat | undefined;
  /** Usable and skipped ones together. */
  readonly read: number;
  readonly used: number;
  readonly skipped: readonly SkippedReason[];
  /** Usable sign-ins with a mark. */
  readonly marked: Readonly<Partial<Record<SignInMark, number>>>;
}

export interface SkippedReason {
  readonly reason: string;
  readonly count: number;
  /** The first ones. */
  readonly examples: readonly SkippedSignIn[];
}

const EXAMPLES = 3;

/** Counts the items of one file, or of a whole run: memory does not grow with them. */
export class FileTally {
  readonly #file: string;
  #format: SignInFormat | undefined;
  #used = 0;
  #skippedCount = 0;
  readonly #reasons = new Map<string, { count: number; readonly examples: SkippedSignIn[] }>();
  readonly #marks = new Map<SignInMark, number>();

  constructor(file: string) {
    this.#file = file;
  }

  count(item: { readonly signIn: ReadSignIn } | { readonly skipped: SkippedSignIn }): void {
    if ('signIn' in item) {
      this.#used++;
      this.#format ??= item.signIn.format;
      for (const mark of item.signIn.marks) this.#marks.set(mark, (this.#marks.get(mark) ?? 0) + 1);
      return;
    }
    this.#skippedCount++;
    const { reason } = item.skipped;
    const known = this.#reasons.get(reason) ?? { count: 0, examples: [] };
    known.count++;
    if (known.examples.length < EXAMPLES) known.examples.push(item.skipped);
    this.#reasons.set(reason, known);
  }

  report(): SignInFileReport {
    return {
      file: this.#file,
      format: this.#format,
      read: this.#used + this.#skippedCount,
      used: this.#used,
      skipped: [...this.#reasons]
        .map(([reason, { count, examples }]) => ({ reason, count, examples }))
        .sort((a, b) => (a.reason < b.reason ? -1 : 1)),
      marked: Object.fromEntries([...this.#marks].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }
}
