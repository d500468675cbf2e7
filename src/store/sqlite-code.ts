/** SQLite's primary result codes; `busy`: another connection holds the lock. */
export const SQLITE = { busy: 5, readOnly: 8, corrupt: 11, cannotOpen: 14, notADatabase: 26 };

/** SQLite's primary result code of an error that it gave; `undefined`: it is none of SQLite's. */
export function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}
