/**
 * What was deleted is kept to be restored, and is no evidence of what is live: neither of an object that is, nor that there are no others.
 */
export function isLive({ deletedDateTime }: { readonly deletedDateTime?: string | null }): boolean {
  return typeof deletedDateTime !== 'string';
}
