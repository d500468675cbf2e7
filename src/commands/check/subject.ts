import { tenantOfExport } from '../../core/check/export-tenant.ts';
import type { FindingSubject } from '../../core/check/finding.ts';
import type { TenantFact } from '../../core/check/settings.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { shownName } from '../../intake/gsatest/files.ts';
import { partsOf } from '../../intake/import/parts.ts';
import { readImportFiles } from '../../intake/import/read-import-files.ts';
import { JsonPlaces, strictPositions } from '../../intake/json/places.ts';
import type { ImportedFiles, Located } from '../../intake/types.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { errorProblems } from '../import-problems.ts';

/** What is checked, and where in the user's files each thing stands. */
export interface CheckSubject {
  readonly tenant: Tenant;
  readonly notKnown: readonly TenantFact[];
  /** One for each of the findings. */
  placesOf(findings: readonly Placed[]): Promise<readonly FindingPlace[]>;
}

/** What a finding says of where it is. */
export interface Placed {
  readonly subject: FindingSubject;
  readonly pointer: string;
}

export interface FindingPlace {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly path: string;
}

/** The tenant file; findings are placed in it. */
export function tenantSubject(session: Session): CheckSubject {
  const store = session.tenants();
  const { tenant } = store.read();
  const listOf: Lists = {
    policy: { name: 'policies', items: tenant.policies },
    namedLocation: { name: 'namedLocations', items: tenant.namedLocations },
    user: { name: 'users', items: tenant.users ?? [] },
  };
  const pathOf = pathsIn(listOf);
  return {
    tenant,
    notKnown: [],
    placesOf: async (findings) => {
      const paths = findings.map(pathOf);
      const positionOf = await strictPositions(store.path, paths);
      const file = fileOf(session, store.path);
      return paths.map((path) => {
        const position = positionOf(path);
        return { file, line: position?.line ?? null, column: position?.column ?? null, path };
      });
    },
  };
}

/** The JSON Pointer of a finding in the tenant file. Thousands of findings ask: each list is looked through once. */
function pathsIn(lists: Lists): (finding: Placed) => string {
  const bases = new Map<string, string>();
  for (const [kind, { name, items }] of Object.entries(lists)) {
    for (const [at, { id }] of items.entries()) {
      if (!bases.has(`${kind} ${id}`)) bases.set(`${kind} ${id}`, `/tenant/${name}/${at}`);
    }
  }
  return ({ subject: { kind, id }, pointer }) => `${bases.get(`${kind} ${id}`) ?? '/tenant'}${pointer}`;
}

interface Lists {
  readonly [kind: string]: { readonly name: string; readonly items: readonly { readonly id: string }[] };
}

/** Exports without a tenant; findings are placed in the files they came from. Throws GsaError `invalid` for broken ones. */
export async function exportSubject(session: Session, paths: readonly string[]): Promise<CheckSubject> {
  const imported = await readImportFiles(paths.map(session.toRead));
  const errors = imported.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || imported.policies.length + imported.namedLocations.length === 0) {
    throw new GsaError(
      'invalid',
      errors.length > 0 ? 'these exports cannot be checked' : 'there are no policies or locations in there',
      {
        hint: '`gsa import --dry-run` shows what each file is taken for',
        problems: errorProblems(errors.length > 0 ? errors : imported.problems),
      },
    );
  }
  const places = new JsonPlaces();
  const found = placesById(imported);
  const [first = ''] = paths;
  return {
    ...tenantOfExport(partsOf(imported)),
    placesOf: (findings) => Promise.all(findings.map((finding) => placeIn(found, places, first, finding))),
  };
}

async function placeIn(
  found: ReadonlyMap<string, Located<unknown>>,
  places: JsonPlaces,
  first: string,
  { subject: { kind, id }, pointer }: Placed,
): Promise<FindingPlace> {
  const place = found.get(`${kind} ${id}`)?.place;
  if (place === undefined) return { file: first, line: null, column: null, path: pointer };
  const path = `${place.pointer ?? ''}${pointer}`;
  const position = await places.positionOf(place.file, path);
  return {
    file: place.file,
    line: position?.line ?? place.line ?? null,
    column: position?.column ?? place.column ?? null,
    path,
  };
}

/** The items with their places, which are looked up for those that something is found in. */
function placesById({ policies, namedLocations, users }: ImportedFiles): ReadonlyMap<string, Located<unknown>> {
  return new Map<string, Located<unknown>>([
    ...policies.map((item) => [`policy ${item.value.id}`, item] as const),
    ...namedLocations.map((item) => [`namedLocation ${item.value.id}`, item] as const),
    ...users.map((item) => [`user ${item.value.id}`, item] as const),
  ]);
}

/** Relative where it lies in the folder of the run, as annotations want it; else as people like to read it. */
function fileOf(session: Session, path: string): string {
  const name = shownName(path, session.path('.'));
  return name === path ? session.shownPath(path) : name;
}
