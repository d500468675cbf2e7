import { GsaError, interruption } from '../trouble/error.ts';

/** A question that somebody left by Esc, by Ctrl-D or with the end of the input, without interrupting the command. */
class QuestionLeft extends GsaError {}

const WORDS = 'interrupted at the question; nothing was changed';

/** The error of a question that was left unanswered; `isInterrupted`: by Ctrl-C or a signal. */
export function leftAtQuestion(interrupted: AbortSignal, isInterrupted = interrupted.aborted): GsaError {
  return isInterrupted ? interruption(interrupted, WORDS) : new QuestionLeft('interrupted', WORDS);
}

/** The answer; `undefined` where the question was left. */
export async function orLeft<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof QuestionLeft) return undefined;
    throw error;
  }
}
