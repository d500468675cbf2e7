import { tenantOfExport } from '../../core/check/export-tenant.ts';
import type { TenantFact } from '../../core/check/settings.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { isSignalingStatusAssumed } from '../../core/tenant/tenant.ts';
import { partsOf } from '../../intake/import/parts.ts';
import { readImportFiles } from '../../intake/import/read-import-files.ts';
import { JsonPlaces } from '../../intake/json/places.ts';
import type { ImportedFiles, Located } from '../../intake/types.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { areUnreadable, errorProblems, NAME_EXPORTS } from '../import-problems.ts';
import { tellPartialLists } from '../partial-lists.ts';
import type { FindingPlace, Placed, PlacesOf } from '../tenant-places.ts';
import { tenantPlaces } from '../tenant-places.ts';

/** What is checked, and where in the user's files each thing stands. */
export interface CheckSubject {
  readonly tenant: Tenant;
  readonly notKnown: readonly TenantFact[];
  readonly placesOf: PlacesOf;
}

/** The tenant file; findings are placed in it. */
export function tenantSubject(session: Session): CheckSubject {
  const { tenant } = session.tenants().read();
  return {
    tenant,
    notKnown: isSignalingStatusAssumed(tenant) ? ['signalingStatus'] : [],
    placesOf: tenantPlaces(session),
  };
}

/** Exports without a tenant; findings are placed in the files they came from. Throws GsaError `invalid` for broken ones. */
export async function exportSubject(session: Session, paths: readonly string[]): Promise<CheckSubject> {
  const imported = await readImportFiles(paths.map(session.toRead), { now: session.now() });
  const errors = imported.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || imported.policies.length + imported.namedLocations.length === 0) {
    throw new GsaError(
      'invalid',
      errors.length > 0 ? 'these exports cannot be checked' : 'there are no policies or locations in there',
      {
        hint:
          errors.length > 0 && areUnreadable(imported)
            ? NAME_EXPORTS
            : '`gsa import --dry-run` shows what each file is taken for',
        problems: errorProblems(errors.length > 0 ? errors : imported.problems),
      },
    );
  }
  await tellPartialLists(session, imported);
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
