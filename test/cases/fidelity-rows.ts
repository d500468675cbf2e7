import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandRun, Workplace } from '../support/in-process.ts';

/**
 * Cases from Microsoft's documents that lie beside the repository, one row each: a sign-in with the answer that the documents
 * give, or a command with what it must say. Where the file is absent, so are the tests.
 */
const FILE = join(import.meta.dirname, '../../../shared/cases/fidelity.json');

type Members = Readonly<Record<string, unknown>>;

export interface FidelityRow {
  readonly id: string;
  readonly title: string;
  readonly kind: 'signIn' | 'cli';
  readonly policies: readonly Members[];
  readonly signIn?: Members;
  readonly signaling?: string;
  readonly enabledForwardingProfiles?: readonly string[];
  readonly compliantNetworkTrusted?: boolean;
  readonly extraServicePrincipals?: readonly Members[];
  readonly records?: readonly Members[];
  readonly command?: string;
  readonly expected: Members;
}

export interface FidelityRows {
  readonly base: {
    readonly tenant: Members & {
      readonly namedLocations: readonly Members[];
      readonly servicePrincipals: readonly Members[];
      readonly globalSecureAccess: Members & { readonly forwardingProfiles: readonly Members[] };
    };
    readonly fixtures: Members;
    readonly defaults: Members;
  };
  readonly cases: readonly FidelityRow[];
}

export function readFidelityRows(): FidelityRows | undefined {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as FidelityRows) : undefined;
}

function tenantOf({ tenant }: FidelityRows['base'], row: FidelityRow): Members {
  const enabled = row.enabledForwardingProfiles;
  return {
    ...tenant,
    policies: row.policies,
    namedLocations: tenant.namedLocations.map((location) =>
      row.compliantNetworkTrusted === true && 'compliantNetworkType' in location
        ? { ...location, isTrusted: true }
        : location,
    ),
    servicePrincipals: [...tenant.servicePrincipals, ...(row.extraServicePrincipals ?? [])],
    globalSecureAccess: {
      ...tenant.globalSecureAccess,
      forwardingProfiles: tenant.globalSecureAccess.forwardingProfiles.map((profile) => ({
        ...profile,
        ...(enabled === undefined
          ? {}
          : { state: enabled.includes(String(profile['trafficForwardingType'])) ? 'enabled' : 'disabled' }),
      })),
    },
  };
}

/** A list of results of one policy means any of them, which a test file says as one test for each. */
function expectations(expected: Members): Members[] {
  const { policies } = expected;
  if (typeof policies !== 'object' || policies === null) return [expected];
  let found: Members[] = [{}];
  for (const [name, results] of Object.entries(policies)) {
    const one = Array.isArray(results) ? (results as readonly unknown[]) : [results];
    found = found.flatMap((before) => one.map((result) => ({ ...before, [name]: result })));
  }
  return found.map((each) => ({ ...expected, policies: each }));
}

/** Runs the row as a test file; passes where any reading of it does. */
export async function runSignInRow(place: Workplace, { base }: FidelityRows, row: FidelityRow): Promise<CommandRun> {
  let last: CommandRun | undefined;
  for (const [at, expect] of expectations(row.expected).entries()) {
    const file = join(place.folder, `${row.id}-${at}.gsatest.json`);
    const suite = {
      suite: row.id,
      tenant: tenantOf(base, row),
      fixtures: base.fixtures,
      defaults: base.defaults,
      tests: [{ name: row.title, signaling: row.signaling, signIn: row.signIn, expect }],
    };
    writeFileSync(file, JSON.stringify(suite));
    last = await place.gsa(['test', file, '-o', 'json']);
    if (last.exitCode === 0) return last;
  }
  if (last === undefined) throw new Error(`${row.id} expects nothing`);
  return last;
}

/** The row's tenant as the tenant of the place, and its records beside it. */
export async function prepareCommandRow(place: Workplace, { base }: FidelityRows, row: FidelityRow): Promise<void> {
  await place.gsa(['init', '--empty', '--name', 'Contoso', '--created', '2025-07-01', '--quiet']);
  const file = JSON.parse(place.bytes()) as { readonly tenant: Members };
  const tenant = { ...file.tenant, ...tenantOf(base, row) };
  writeFileSync(place.tenant, `${JSON.stringify({ ...file, tenant }, null, 2)}\n`);
  writeFileSync(
    join(place.folder, 'rec.ndjson'),
    (row.records ?? []).map((record) => `${JSON.stringify(record)}\n`).join(''),
  );
}

/** The words of a shell's command line, quotes understood. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(1);
}
