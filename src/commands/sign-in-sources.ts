import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { compile } from '../core/conditional-access/compile.ts';
import { assumeProxyCountry } from '../core/signaling/proxy-country.ts';
import type { Tenant } from '../core/tenant/tenant.ts';
import { once } from '../core/values/once.ts';
import { readGsaTraffic } from '../intake/gsa-traffic/gsa-traffic.ts';
import { groupingOf } from '../intake/sign-ins/facts/address-grouping.ts';
import { openCountryDatabase } from '../intake/sign-ins/facts/country-database.ts';
import { egressOf } from '../intake/sign-ins/facts/egress-of.ts';
import type { AttemptFacts } from '../intake/sign-ins/facts/to-attempt.ts';
import { readSignIns } from '../intake/sign-ins/read-sign-ins.ts';
import { beginThreadFor } from '../intake/sign-ins/scan/early-thread.ts';
import type { ReadSignIn, SignInStream } from '../intake/types.ts';
import { prepareHeap } from '../replay/heap-growth.ts';
import type { Session } from '../shell/session.ts';
import { GsaError } from '../trouble/error.ts';
import { acting } from './acting.ts';
import { countryNamed } from './network-options.ts';
import { each } from './options.ts';

/** Options of every command that reads sign-in files: what is known or assumed beside the records. */
export interface SourceOptions {
  readonly gsaTraffic?: readonly string[];
  readonly countries?: string;
  readonly proxyCountry?: string;
  readonly threads?: number;
}

export function declareSources(command: Command): Command {
  return command
    .option(
      '--gsa-traffic <file>',
      'Global Secure Access traffic log: gives the users’ own addresses back; repeatable',
      each,
    )
    .option('--countries <file.mmdb>', 'country database, for addresses whose country the record does not tell')
    .option(
      '--proxy-country <code>',
      'assume that the proxy’s addresses are in this country, where nothing tells',
      countryNamed,
    )
    .option(
      '--threads <count>',
      `threads that read large NDJSON files beside the one that judges, 0 to ${MOST_THREADS} (default: 1, or 0 on a ` +
        'machine with one processor); the result is the same with any number',
      threadCount,
    );
}

const MOST_THREADS = 16;

function threadCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count <= MOST_THREADS) return count;
  throw new InvalidArgumentError(`give a whole number from 0 to ${MOST_THREADS}.`);
}

/** Sign-ins to read, and who is told how many were read. */
export interface OpenSignIns {
  readonly stream: SignInStream;
  readonly onProgress: (read: number) => void;
}

/** Gets ready for reading these files, before the tenant is read. */
export function prepareSignIns(session: Session, files: readonly string[], { threads }: SourceOptions): void {
  prepareHeap();
  const paths = files.filter((file) => file !== '-').map((file) => session.toRead(file));
  beginThreadFor(paths, threads);
}

/**
 * A stream of the sign-ins in these files; `-` is standard input. Whoever reads some writes no tenant: what was read of its file to be
 * written again is let go.
 */
export async function openSignIns(
  session: Session,
  tenant: Tenant,
  files: readonly string[],
  options: SourceOptions,
  { others = [], isLogged = false }: Judged = {},
): Promise<OpenSignIns> {
  session.tenants().letGo(tenant);
  let share: number | undefined;
  const stream = readSignIns(
    files.map((file) => (file === '-' ? { name: 'standard input', stream: session.stdin } : session.toRead(file))),
    {
      facts: await factsBeside(session, tenant, options),
      ...(isLogged ? {} : { isAskedAlike: askedAlike([tenant, ...others], options) }),
      interrupted: session.interrupted,
      ...(options.threads === undefined ? {} : { threads: options.threads }),
      onBytes: (read, total) => {
        share = total === undefined ? undefined : read / Math.max(total, 1);
      },
    },
  );
  return {
    stream: options.proxyCountry === undefined ? stream : assuming(stream, options.proxyCountry),
    onProgress: (count) => session.advance({ count, what: 'sign-ins read', share }),
  };
}

/** How the sign-ins are judged, beside the tenant's own way. */
interface Judged {
  /** Tenants that judge them too. */
  readonly others?: readonly Tenant[];
  /** They are kept for questions that nobody has asked yet. */
  readonly isLogged?: boolean;
}

/** What a country database or a traffic log says of one address it does not say of the others in its group. */
function askedAlike(
  tenants: readonly Tenant[],
  { gsaTraffic, countries }: SourceOptions,
): (grouping: string) => boolean {
  if (gsaTraffic !== undefined || countries !== undefined) return () => false;
  const own = once(() => groupingOf(tenants.map(compile)));
  return (grouping) => grouping === own();
}

/** What is thrown when nothing that was given is a sign-in: the reasons, with the places of their first examples. */
export function noUsableSignIn(
  skipped: readonly { readonly reason: string; readonly count: number; readonly examples: readonly string[] }[],
): GsaError {
  return new GsaError('invalid', 'no usable sign-in in what was given', {
    hint: '`gsa help formats` lists what can be read',
    problems: skipped.flatMap(({ reason, count, examples }) =>
      examples.map((example, at) => ({ message: at === 0 ? `${reason} (${count}): ${example}` : example })),
    ),
  });
}

/** What is known beside the records: the tenant's own egress, the traffic log, a country database. */
export async function factsBeside(
  session: Session,
  tenant: Tenant,
  { gsaTraffic, countries }: SourceOptions,
): Promise<AttemptFacts> {
  // Readers of sign-ins have everything except traffic logs (RBAC).
  if (gsaTraffic !== undefined) acting(session, tenant, ['traffic.read']);
  const traffic =
    gsaTraffic === undefined
      ? undefined
      : await readGsaTraffic(gsaTraffic.map(session.toRead), { interrupted: session.interrupted });
  const countryOf = countries === undefined ? undefined : await openCountryDatabase(session.toRead(countries));
  return {
    ...egressOf(tenant),
    ...(traffic === undefined ? {} : { sourceOf: traffic.sourceOf }),
    ...(countryOf === undefined ? {} : { countryOf }),
  };
}

/** The same sign-ins with a country for the proxy: an assumption of the user's, which the report names. */
async function* assuming(stream: SignInStream, countryOrRegion: string): SignInStream {
  for await (const item of stream) {
    if ('skipped' in item) yield item;
    else {
      const attempt = assumeProxyCountry(item.signIn.attempt, countryOrRegion);
      yield { signIn: withAttempt(item.signIn, attempt) };
    }
  }
}

/** The record is still made only when it is asked for. */
function withAttempt(signIn: ReadSignIn, attempt: ReadSignIn['attempt']): ReadSignIn {
  const { id, createdDateTime, format, marks, weight, place } = signIn;
  return {
    id,
    createdDateTime,
    format,
    marks,
    ...(weight === undefined ? {} : { weight }),
    place,
    attempt,
    get told() {
      return signIn.told ?? signIn.record;
    },
    get record() {
      return signIn.record;
    },
  };
}
