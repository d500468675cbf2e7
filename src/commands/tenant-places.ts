import type { FindingSubject } from '../core/check/finding.ts';
import { shownName } from '../intake/gsatest/files.ts';
import { strictPositions } from '../intake/json/places.ts';
import type { Session } from '../shell/session.ts';

/** Where in the user's files something stands. */
export interface FindingPlace {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  /** JSON Pointer in the file. */
  readonly path: string;
}

/** What a finding says of where it is. */
export interface Placed {
  readonly subject: Pick<FindingSubject, 'kind' | 'id'>;
  readonly pointer: string;
}

/** Places for all of these, in their order. */
export type PlacesOf = (things: readonly Placed[]) => Promise<readonly FindingPlace[]>;

/** Finds the objects of the tenant in its file, which is read once for all that are asked for together. */
export function tenantPlaces(session: Session): PlacesOf {
  const store = session.tenants();
  const { tenant } = store.read();
  const pathOf = pathsIn({
    policy: { name: 'policies', items: tenant.policies },
    namedLocation: { name: 'namedLocations', items: tenant.namedLocations },
    user: { name: 'users', items: tenant.users ?? [] },
  });
  return async (things) => {
    const paths = things.map(pathOf);
    const positionOf = await strictPositions(store.path, paths);
    const file = fileOf(session, store.path);
    return paths.map((path) => {
      const position = positionOf(path);
      return { file, line: position?.line ?? null, column: position?.column ?? null, path };
    });
  };
}

interface Lists {
  readonly [kind: string]: { readonly name: string; readonly items: readonly { readonly id: string }[] };
}

/** The JSON Pointer of a thing in the tenant file. Thousands of findings ask: each list that is asked of is looked through once. */
function pathsIn(lists: Lists): (thing: Placed) => string {
  const known = new Map<string, ReadonlyMap<string, number>>();
  const positionsOf = (kind: string) => {
    const positions = known.get(kind) ?? positionsIn(lists[kind]?.items ?? []);
    known.set(kind, positions);
    return positions;
  };
  return ({ subject: { kind, id }, pointer }) => {
    const at = positionsOf(kind).get(id);
    return at === undefined ? `/tenant${pointer}` : `/tenant/${lists[kind]?.name}/${at}${pointer}`;
  };
}

/** Of several of one id the first. */
function positionsIn(items: readonly { readonly id: string }[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const [at, { id }] of items.entries()) if (!positions.has(id)) positions.set(id, at);
  return positions;
}

/** Relative where it lies in the folder of the run, as annotations want it; else as people like to read it. */
function fileOf(session: Session, path: string): string {
  const name = shownName(path, session.path('.'));
  return name === path ? session.shownPath(path) : name;
}
