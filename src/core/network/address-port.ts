/** A host as a log wrote it, with the port that some writers add. */
export interface HostAndPort {
  /** The host as it stands, not yet checked: give it to `parseAddress`. */
  readonly host: string;
  readonly port: number | undefined;
}

const BRACKETED = /^\[([^[\]]*)\](?::(\d{1,5}))?$/;
const PORT_BEHIND_IPV4 = /^([^:[\]]*):(\d{1,5})$/;

/**
 * Takes `203.0.113.5:443`, `[2001:db8::1]:443` and `[2001:db8::1]` apart, as Azure's front ends write them;
 * a plain address comes back as it is. A port that is no number up to 65535 is `undefined`: nothing is guessed.
 */
export function splitPort(text: string): HostAndPort | undefined {
  const parts = BRACKETED.exec(text) ?? PORT_BEHIND_IPV4.exec(text);
  if (parts === null) return { host: text, port: undefined };
  const port = parts[2] === undefined ? undefined : Number(parts[2]);
  if (port !== undefined && port > 65_535) return undefined;
  return { host: parts[1] ?? '', port };
}
