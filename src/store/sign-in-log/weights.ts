import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SignIn } from '../../core/conditional-access/record/sign-in.ts';

/**
 * How many sign-ins an entry stands for, where it is more than one: few are, so that the others have no row. The row goes with its
 * entry, and moves where that is judged anew.
 */
export const WEIGHTS_SCHEMA = `
  CREATE TABLE IF NOT EXISTS weight (seq INTEGER PRIMARY KEY, sign_ins INTEGER NOT NULL);
  CREATE TRIGGER IF NOT EXISTS weight_goes AFTER DELETE ON sign_in BEGIN DELETE FROM weight WHERE seq = OLD.seq; END;
  CREATE TRIGGER IF NOT EXISTS weight_moves AFTER UPDATE OF seq ON sign_in BEGIN
    UPDATE weight SET seq = NEW.seq WHERE seq = OLD.seq;
  END;
`;

/** SQL of the number of sign-ins of the rows of a group; logs of earlier versions have one in each entry. */
export function signInsSql(database: DatabaseSync): string {
  if (!hasWeights(database)) return 'count(*)';
  return 'count(*) + coalesce(sum((SELECT sign_ins - 1 FROM weight WHERE weight.seq = sign_in.seq)), 0)';
}

function hasWeights(database: DatabaseSync): boolean {
  const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'weight'").get();
  return table !== undefined && database.prepare('SELECT 1 FROM weight LIMIT 1').get() !== undefined;
}

/** Writes down what entries weigh, over one connection. */
export class WeightWriter {
  readonly #set: StatementSync;
  readonly #clear: StatementSync;

  constructor(database: DatabaseSync) {
    this.#set = database.prepare('INSERT INTO weight (seq, sign_ins) VALUES (?, ?)');
    this.#clear = database.prepare('DELETE FROM weight WHERE seq = ?');
  }

  /** Of an entry that is new. */
  add(seq: number | bigint, { signInCount = 1 }: Pick<SignIn, 'signInCount'>): void {
    if (signInCount > 1) this.#set.run(seq, signInCount);
  }

  /** Of an entry that is about to be judged anew. */
  replace(seq: number, record: Pick<SignIn, 'signInCount'>): void {
    this.#clear.run(seq);
    this.add(seq, record);
  }
}
