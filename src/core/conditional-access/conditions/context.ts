import type { Tenant } from '../../tenant/tenant.ts';
import type { ApplicationCatalog } from '../facts/application-groups.ts';
import type { CompiledLocations } from '../facts/located.ts';
import type { People } from '../facts/subject.ts';

/** What conditions are compiled against. */
export interface CompileContext {
  readonly tenant: Tenant;
  readonly people: People;
  readonly locations: CompiledLocations;
  readonly applications: ApplicationCatalog;
}
