import { createHash } from 'node:crypto';
import { GraphError } from './graph-error.ts';

/** The version of an object: equal exactly where its content is. */
export function tagOf(item: object): string {
  return `W/"${createHash('sha256').update(JSON.stringify(item)).digest('base64url').slice(0, 22)}"`;
}

/** Throws GraphError 412 where a request names a version that is no longer the one that is there. */
export function checkTag(ifMatch: string | undefined, item: object): void {
  if (ifMatch === undefined) return;
  const tag = tagOf(item);
  const named = ifMatch.split(',').map((each) => each.trim());
  if (named.includes('*') || named.some((each) => each.replace(/^W\//, '') === tag.slice(2))) return;
  throw new GraphError(412, 'PreconditionFailed', 'The object was changed since the version that If-Match names.');
}
