import { GsaError } from './error.ts';

/** A file or folder that somebody named and the system did not give. What is no reason of the system is a bug. */
export function unreadableFile(path: string, cause: unknown, hint: string): GsaError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  if (code === undefined) throw cause;
  return new GsaError('invalid', SAID[code]?.(path) ?? `\`${path}\` cannot be read (${code})`, {
    hint: HINTS[code] ?? hint,
    cause,
  });
}

const SAID: { readonly [code: string]: (path: string) => string } = {
  ENOENT: (path) => `there is no \`${path}\``,
  ENOTDIR: (path) => `there is no \`${path}\`: a part of the path is a file`,
  EISDIR: (path) => `\`${path}\` is a folder`,
  EACCES: (path) => `\`${path}\` may not be read: permission denied`,
  EPERM: (path) => `\`${path}\` may not be read: not permitted`,
  ELOOP: (path) => `\`${path}\` is a link that leads back to itself`,
};

const refused = 'ask its owner for the right to read it, or run gsa as somebody who has it';
const HINTS: { readonly [code: string]: string } = { EACCES: refused, EPERM: refused };
