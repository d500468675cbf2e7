/** The program of the server, where it is to be had. */
export function clickHouse(): string | undefined;

/** Two servers on the loopback address as two shards; `undefined` where there is no server to be had. */
export function startShards(
  folder: string,
  options?: { readonly password?: string | undefined },
): Promise<
  | {
      readonly urls: readonly string[];
      readonly cluster: string;
      /** Seconds of processor time that a server has taken (Linux). */
      processor(at: number): number;
      kill(at: number): Promise<void>;
      restart(at: number): Promise<void>;
      stop(): Promise<void>;
    }
  | undefined
>;
