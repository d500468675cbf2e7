import { companies } from './areas/companies.ts';
import { proof } from './areas/proof.ts';
import { ranges } from './areas/ranges.ts';
import { reading } from './areas/reading.ts';
import { signIns } from './areas/sign-ins.ts';
import { starts } from './areas/starts.ts';
import { tables } from './areas/tables.ts';
import type { Extent, Measurements } from './figure.ts';

/** What `npm run bench` measures, by the name that it can be asked for. */
export const AREAS: Readonly<Record<string, (extent: Extent) => Promise<Measurements>>> = {
  starts,
  tables,
  ranges,
  companies,
  proof,
  reading,
  signIns,
};
