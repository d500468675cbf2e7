import type { FindingSubject } from '../core/check/finding.ts';
import { shownName } from '../intake/gsatest/files.ts';
import { JsonPlaces } from '../intake/json/places.ts';
import type { Session } from '../shell/session.ts';

/** Where in the user's files something stands. */
export interface FindingPlace {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  /** JSON Pointer in the file. */
  readonly path: string;
}

/** Finds the objects of the tenant in its file; the file is read once, when the first place is asked for. */
export function tenantPlaces(session: Session): (subject: FindingSubject, pointer: string) => Promise<FindingPlace> {
  const store = session.tenants();
  const { tenant } = store.read();
  const places = new JsonPlaces({ isStrict: true });
  const listOf: {
    readonly [kind: string]: { readonly name: string; readonly items: readonly { readonly id: string }[] };
  } = {
    policy: { name: 'policies', items: tenant.policies },
    namedLocation: { name: 'namedLocations', items: tenant.namedLocations },
    user: { name: 'users', items: tenant.users ?? [] },
  };
  return async ({ kind, id }, pointer) => {
    const list = listOf[kind];
    const at = list?.items.findIndex((item) => item.id === id) ?? -1;
    const base = list === undefined || at < 0 ? '/tenant' : `/tenant/${list.name}/${at}`;
    const path = `${base}${pointer}`;
    const position = await places.positionOf(store.path, path);
    return {
      file: fileOf(session, store.path),
      line: position?.line ?? null,
      column: position?.column ?? null,
      path,
    };
  };
}

/** Relative where it lies in the folder of the run, as annotations want it; else as people like to read it. */
function fileOf(session: Session, path: string): string {
  const name = shownName(path, session.path('.'));
  return name === path ? session.shownPath(path) : name;
}
