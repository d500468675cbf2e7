import type { ClassCode } from '../diagram/outcomes.ts';
import { classNamed, pairOfCode } from '../diagram/outcomes.ts';
import type { Terminal } from '../diagram/terminals.ts';
import { flagsOn } from '../levels/flags.ts';
import type { Proof } from '../proof.ts';
import { share } from '../worlds/masks.ts';
import type { PolicyEntry, Side } from '../worlds/policies.ts';

/** What is asked of a proof: sign-ins of one class, all of them or those that one policy decides. */
export interface Question {
  readonly code: ClassCode;
  readonly by?: { readonly entry: number; readonly side: Side };
}

/** What the way to a terminal has settled: see flags.ts, and whether the policy that is asked about surely applies. */
interface Taken {
  readonly flags: number;
  readonly isSure: boolean;
}

/** Says of terminals whether they answer a question: whether the class is the asked one, and the asked policy decides it. */
export class Deciding {
  readonly #proof: Proof;
  readonly #question: Question;
  readonly #entry: PolicyEntry | undefined;
  readonly #severity: number;

  constructor(proof: Proof, question: Question) {
    this.#proof = proof;
    this.#question = question;
    this.#entry = question.by === undefined ? undefined : proof.union.entries[question.by.entry];
    this.#severity = SEVERITY_OF[classNamed(question.code)] ?? 0;
  }

  /** Whether the policy that is asked about decides a change of this class for any session: one that only asks never blocks. */
  canDecide(): boolean {
    const { by } = this.#question;
    if (by === undefined || this.#severity === 0) return true;
    const grant = this.#entry?.grant ?? 0;
    return this.#proof.search.flagSets.some((flags) =>
      this.#proof.columns.effectsOf(grant, flagsOn(by.side, flags)).some(({ least }) => least === this.#severity),
    );
  }

  /** A column of the asked class that the asked policy decides; -1: none. */
  columnOf(terminal: Terminal | undefined, { flags, isSure }: Taken): number {
    if (terminal === undefined || (terminal.classMask & (1 << this.#question.code)) === 0) return -1;
    return terminal.classes.findIndex(
      (code, column) => code === this.#question.code && this.#decides(terminal, column, flags, isSure),
    );
  }

  /** Whether the class is the same, by the same policy, whatever the session has proven. */
  isAlways(terminal: Terminal | undefined, { flags, isSure }: Taken): boolean {
    if (terminal === undefined || terminal.classMask !== 1 << this.#question.code) return false;
    return terminal.classes.every((_, column) => this.#decides(terminal, column, flags, isSure));
  }

  #decides(terminal: Terminal, column: number, flags: number, isSure: boolean): boolean {
    const { by } = this.#question;
    if (this.#entry === undefined || by === undefined) return true;
    const effect = this.#proof.columns.effectsOf(this.#entry.grant, flagsOn(by.side, flags))[column] ?? {
      least: 0,
      most: 0,
    };
    const isCertain = isSure && this.#entry.isSure;
    switch (classNamed(this.#question.code)) {
      case 'newlyBlocked':
      case 'newlyDenied':
      case 'newlyPrompted':
        return isCertain && effect.least === this.#severity;
      case 'newlyAllowed':
        return isCertain && effect.least === pairOfCode(terminal.pairs[column] ?? 0).leastBefore;
      case 'lessProtected': {
        const { leastBefore, leastAfter } = pairOfCode(terminal.pairs[column] ?? 0);
        if (leastBefore > leastAfter) return isCertain && effect.least === leastBefore;
        return isCertain && share(this.#entry.demands, terminal.lost);
      }
      case 'unknown':
        return !isCertain || effect.least !== effect.most;
      case 'unchanged':
        return false;
    }
  }
}

const SEVERITY_OF: { readonly [name: string]: number } = { newlyBlocked: 3, newlyDenied: 2, newlyPrompted: 1 };
