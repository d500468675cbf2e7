import { compile } from '../../core/conditional-access/compile.ts';
import { observingAhead } from '../../core/conditional-access/observing.ts';
import { analyseDependencies } from '../../core/dependencies/analyse.ts';
import { enforcedDependents } from '../../core/dependencies/enforced.ts';
import type { DependentsOf } from '../../core/gsatest/run-dependencies.ts';
import type { Scene } from '../../core/gsatest/scene.ts';
import type { Fixtures } from '../../core/gsatest/suite.ts';
import { policiesNaming } from '../../core/tenant/location-users.ts';
import { findLocation } from '../../core/tenant/lookup.ts';
import { applyPlan } from '../../core/tenant/plans/edit.ts';
import { planImport } from '../../core/tenant/plans/import.ts';
import { emptyTenant } from '../../core/tenant/sample/sample.ts';
import type { SignalingStatus, Tenant } from '../../core/tenant/tenant.ts';
import { otherStatus } from '../../core/tenant/tenant.ts';
import { BESIDE_THE_TEST, isAtOrBelow, isTenantFile } from '../../intake/gsatest/files.ts';
import { partsOfNamed } from '../../intake/import/parts.ts';
import { readImportFiles } from '../../intake/import/read-import-files.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting } from '../acting.ts';
import { errorProblems } from '../import-problems.ts';
import { tellPartialLists } from '../partial-lists.ts';

/** A tenant that tests run on, prepared once however many files name it. */
export type TestTenant = Omit<Scene, 'fixtures'>;

export function testTenant(tenant: Tenant): TestTenant {
  const compiled = compile(tenant);
  return { tenant, compiled, options: observingAhead(compiled) };
}

export function sceneOf(tenant: TestTenant, fixtures: Fixtures): Scene {
  return { ...tenant, fixtures };
}

/** Tenants by path; the user's own by no path. */
export class TestTenants {
  readonly #session: Session;
  readonly #known = new Map<string | undefined, Promise<TestTenant>>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** A tenant file, an export file or an export folder. Throws GsaError `invalid` for anything else. */
  at(path: string | undefined): Promise<TestTenant> {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const read = this.#read(path).then(testTenant);
    this.#known.set(path, read);
    return read;
  }

  /** Forgets the tenants that hang on a file that was written since, for `--watch`. */
  forget(changed: string): void {
    for (const path of this.#known.keys()) {
      if (path === undefined || isAtOrBelow(changed, path)) this.#known.delete(path);
    }
  }

  async #read(path: string | undefined): Promise<Tenant> {
    if (path === undefined) {
      const { tenant } = this.#session.tenants().read();
      acting(this.#session, tenant, ['policy.read']);
      return tenant;
    }
    if (await isTenantFile(path, BESIDE_THE_TEST)) return this.#session.tenantsAt(path).read().tenant;
    const imported = await readImportFiles([path], { now: this.#session.now() });
    const errors = imported.problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0 || imported.files.every(({ taken }) => taken === 0)) {
      throw new GsaError('invalid', `\`${path}\` holds no tenant that can be used`, {
        hint: 'name a tenant file of gsa, or a file or folder that `gsa import` takes',
        problems: errorProblems(errors),
      });
    }
    await tellPartialLists(this.#session, imported);
    const now = this.#session.now();
    const empty = emptyTenant({ displayName: path, isCreatedDateTimeMadeUp: true, now });
    return applyPlan(empty, planImport(empty, partsOfNamed(imported), 'merge', now));
  }
}

/** What hangs on signaling (on a switch to the other status, or to the one that is named), or on a named location. */
export function dependentsIn(tenant: Tenant): DependentsOf {
  let analysis: ReturnType<typeof analyseDependencies> | undefined;
  return (of) => {
    const to = switchTarget(of, tenant);
    if (to !== undefined) {
      analysis ??= analyseDependencies(tenant);
      return enforcedDependents(analysis, to).map(({ displayName }) => displayName);
    }
    const location = findLocation(tenant, of);
    if (!('found' in location)) return undefined;
    return policiesNaming(tenant, location.found.id).map(({ displayName }) => displayName);
  };
}

function switchTarget(of: string, tenant: Tenant): SignalingStatus | undefined {
  if (of === 'signaling=enabled') return 'enabled';
  if (of === 'signaling=disabled') return 'disabled';
  if (of !== 'signaling') return undefined;
  return otherStatus(tenant.globalSecureAccess.conditionalAccess.signalingStatus);
}
