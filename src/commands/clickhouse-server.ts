import type { Session } from '../shell/session.ts';

/** The server that is named, or that the environment names; who signs in there is told by the environment alone. */
export function clickHouseServer({ env, interrupted }: Pick<Session, 'env' | 'interrupted'>, url: string | undefined) {
  return {
    url: url ?? env['GSA_CLICKHOUSE_URL'],
    user: env['GSA_CLICKHOUSE_USER'],
    password: env['GSA_CLICKHOUSE_PASSWORD'],
    interrupted,
  };
}
