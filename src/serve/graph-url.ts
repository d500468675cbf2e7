import type { Version } from './call.ts';
import { badRequest } from './graph-error.ts';

/** The path and the query of a request; `undefined`: nothing of Graph's. Throws GraphError 400 for what cannot be decoded. */
export function graphUrl(
  url: string,
): { readonly version: Version; readonly segments: readonly string[]; readonly query: URLSearchParams } | undefined {
  const [path = '', ...query] = url.split('?');
  const [named = '', ...rest] = path.split('/').filter((part) => part !== '');
  const version = named.toLowerCase();
  if (version !== 'v1.0' && version !== 'beta') return undefined;
  return { version, segments: rest.flatMap(segmentsOf), query: new URLSearchParams(query.join('?')) };
}

/** The url of a part of a batch, which leaves the version out. */
export function callTo(url: string, version: Version) {
  const found = graphUrl(`/${version}/${url.replace(/^\/+/, '')}`);
  if (found === undefined) throw badRequest('Invalid URL.');
  return found;
}

/** `users('id')` is the same as `users/id`; empty parentheses say nothing. */
function segmentsOf(part: string): readonly string[] {
  const text = decoded(part);
  const [, name, key] = /^([\w.]+)\((.*)\)$/.exec(text) ?? [];
  if (name === undefined || key === undefined) return [text];
  return key === '' ? [name] : [name, key.replace(/^'(.*)'$/, '$1').replaceAll("''", "'")];
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest('The URL is not encoded as it should be.');
  }
}
