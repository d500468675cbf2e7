import { z } from 'zod';
import type { SlotChange } from '../core/tenant/plans/change.ts';
import { DIRECTORY_LIST_NAMES, LIST_NAMES, SETTING_NAMES } from '../core/tenant/plans/change.ts';
import type { SavedPlan } from '../core/tenant/plans/saved-plan.ts';
import { SAVED_PLAN_KIND, SAVED_PLAN_VERSION } from '../core/tenant/plans/saved-plan.ts';
import { GsaError } from '../trouble/error.ts';
import type { JsonDocument } from './json/document.ts';
import { readJsonFile } from './json/file.ts';
import { pointerTo } from './json/pointer.ts';
import { isJsonObject } from './json/value.ts';

const item = z.record(z.string(), z.unknown()).nullable();

const change = z.union([
  z.strictObject({ list: z.enum(LIST_NAMES), id: z.string(), before: item, after: item }),
  z.strictObject({
    setting: z.enum([...SETTING_NAMES, ...DIRECTORY_LIST_NAMES]),
    before: z.unknown(),
    after: z.unknown(),
  }),
]);

const target = z.strictObject({ id: z.string(), displayName: z.string(), type: z.string() });

const step = z.strictObject({
  activity: z.strictObject({
    activityDisplayName: z.string(),
    category: z.string(),
    loggedByService: z.string(),
    operationType: z.enum(['Add', 'Update', 'Delete', 'Restore', 'Import']),
    targetResources: z.array(target),
  }),
  changes: z.array(change),
});

const savedPlan = z.strictObject({
  schemaVersion: z.literal(SAVED_PLAN_VERSION),
  kind: z.literal(SAVED_PLAN_KIND),
  lineage: z.string().min(1),
  serial: z.int().min(0),
  madeAt: z.iso.datetime({ offset: true }),
  madeBy: z.string(),
  steps: z.array(step),
});

/** Reads what `--save` wrote. Throws GsaError `invalid` with the place of whatever no plan has. */
export async function readSavedPlan(file: string): Promise<SavedPlan> {
  return savedPlanOf(
    await readJsonFile(file, 'name a saved plan: `gsa signaling disable --dry-run --save <plan>` writes one'),
    file,
  );
}

/** @internal The plan that a document holds; `file` names it in what is said of it. */
export function savedPlanOf(document: JsonDocument, file: string): SavedPlan {
  checkKind(document, file);
  const read = savedPlan.safeParse(document.value);
  if (!read.success) throw wrongPlan(document, file, read.error);
  return { ...read.data, steps: read.data.steps.map((each) => ({ ...each, changes: each.changes.map(asChange) })) };
}

/** A file of another kind, or of a later version, is told by that and not by its members. */
function checkKind({ value }: JsonDocument, file: string): void {
  if (!isJsonObject(value) || value['kind'] !== SAVED_PLAN_KIND) {
    throw new GsaError('invalid', `\`${file}\` is no saved plan`, {
      hint: '`gsa rehearse --save plan.json -- <command>` writes one',
    });
  }
  const version = value['schemaVersion'];
  if (typeof version === 'number' && version > SAVED_PLAN_VERSION) {
    throw new GsaError('invalid', `\`${file}\` is a plan of version ${version}, newer than this gsa reads`, {
      hint: 'install the newer gsa, or save the plan again with this one',
    });
  }
}

/** A member that is absent is not the same as one that is null, and JSON has no `undefined`. */
function asChange(read: z.infer<typeof change>): SlotChange {
  return 'list' in read ? read : { setting: read.setting, before: read.before ?? null, after: read.after ?? null };
}

function wrongPlan(document: JsonDocument, file: string, { issues }: z.ZodError): GsaError {
  return new GsaError('invalid', `\`${file}\` is no saved plan that can be applied`, {
    hint: 'save it again; a plan is not edited by hand',
    problems: issues.map(({ path, message }) => {
      const pointer = path.reduce<string>(
        (at, part) => pointerTo(at, typeof part === 'number' ? part : String(part)),
        '',
      );
      return { file, ...document.positionOf(pointer), path: pointer, message };
    }),
  });
}
