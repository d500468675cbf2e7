/** The hosts that are simulated, and no other: everything else is refused, so that nothing goes where it was not meant to. */
export const HOSTS = ['graph.microsoft.com', 'login.microsoftonline.com', 'management.azure.com'] as const;

/** Names of this machine by which the server is called without a proxy. */
export const LOOPBACK = ['127.0.0.1', 'localhost'] as const;

/** The host of a `Host` header without its port, in small letters. */
export function hostName(header: string | undefined): string {
  return (header ?? '').toLowerCase().replace(/:\d+$/, '');
}

export function isServed(host: string): boolean {
  return [...HOSTS, ...LOOPBACK].some((each) => each === host);
}
