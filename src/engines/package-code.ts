/** The `code` of an error of Node, such as `ERR_MODULE_NOT_FOUND`. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
