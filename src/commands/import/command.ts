import { Option } from 'commander';
import { exportRequests, lacksAnything } from '../../core/tenant/export-requests.ts';
import type { KnowableList, MarkedList } from '../../core/tenant/knowledge.ts';
import { isListKnown, MARKED_LISTS } from '../../core/tenant/knowledge.ts';
import type { Plan } from '../../core/tenant/plans/change.ts';
import { applyPlan } from '../../core/tenant/plans/edit.ts';
import { operationsOf } from '../../core/tenant/plans/history.ts';
import type { ImportMode } from '../../core/tenant/plans/import.ts';
import { knownIds, leftOut, planImport } from '../../core/tenant/plans/import.ts';
import { rightsOfParts } from '../../core/tenant/plans/import-rights.ts';
import type { ProtectedRemoval } from '../../core/tenant/plans/location-removals.ts';
import { protectedRemovals } from '../../core/tenant/plans/location-removals.ts';
import type { TenantParts } from '../../core/tenant/plans/tenant-parts.ts';
import type { Operation } from '../../core/tenant/roles/roles.ts';
import { SAMPLE_TENANT_ID } from '../../core/tenant/sample/sample.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { plural } from '../../core/values/plural.ts';
import { spacedWords } from '../../core/values/spaced-words.ts';
import { partsOf } from '../../intake/import/parts.ts';
import { readImportFiles } from '../../intake/import/read-import-files.ts';
import type { ImportedFiles, Problem } from '../../intake/types.ts';
import type { ImportReport } from '../../output/reports/tenant/import.ts';
import type { Session } from '../../shell/session.ts';
import { GsaError } from '../../trouble/error.ts';
import { acting, mayAct } from '../acting.ts';
import type { Result } from '../command.ts';
import { changed, defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { emergencyRefusal } from '../guard-emergency-access.ts';
import { guardSwitch, refusedResult, refusedSwitch } from '../guard-switch.ts';
import { errorProblems, whatToDo } from '../import-problems.ts';
import { reportOf } from './report.ts';
import type { RequestTool } from './request-script.ts';
import { REQUEST_TOOLS, requestScript } from './request-script.ts';

const KINDS = ['auto', 'policies', 'locations', 'users', 'groups', 'roles', 'settings'] as const;

interface Options {
  readonly kind: (typeof KINDS)[number];
  readonly replace?: true;
  readonly force?: true;
  readonly keepGoing?: true;
  readonly dryRun?: true;
  readonly requests?: RequestTool;
}

export const command = defineCommand<[readonly string[]], Options>({
  declare: (command) =>
    command
      .description(
        'Takes what you have of a tenant: Graph objects, lists and pages, EntraExporter and IntuneManagement folders, CIPP rows, ' +
          'PowerShell output; policies, named locations, users, groups, roles and Global Secure Access settings. What it is shows ' +
          'from the content. Unknown members are kept. A file with an error stops the whole run (exit 4, nothing written) unless ' +
          '--keep-going.',
      )
      .argument('[path...]', 'files and folders')
      .addOption(new Option('--kind <kind>', 'what the files hold').choices(KINDS).default('auto'))
      .addOption(new Option('--merge', 'add and update, remove nothing (default)').conflicts('replace'))
      .option(
        '--replace',
        'also remove what the export lacks, from the lists that it has; policies and locations stay restorable',
      )
      .option(
        '--force',
        'also remove locations that are trusted or that policies still name, and take policies that stop every emergency access account',
      )
      .option('--keep-going', 'take the good files even if others have errors')
      .option('--dry-run', 'say what would be taken, write nothing')
      .addOption(
        new Option(
          '--requests [tool]',
          'instead of taking files, print the read-only commands that export what this tenant still lacks; azrest where no tool is named',
        )
          .choices(REQUEST_TOOLS)
          .preset('azrest')
          .conflicts(['kind', 'merge', 'replace', 'force', 'keepGoing', 'dryRun']),
      )
      .addHelpText(
        'after',
        examples(
          'gsa import policies.json namedLocations.json',
          'gsa import export/ --dry-run',
          'gsa import --requests graph-powershell > export.ps1',
        ),
      ),
  run: async (session, [paths], options) => {
    const store = session.tenants();
    const before = store.read();
    const { tenant } = before;
    acting(session, tenant, []);
    if (options.requests !== undefined) return scriptFor(session, tenant, options.requests, paths);
    let objects = 0;
    const imported = await readImportFiles(named(paths).map(session.toRead), {
      kind: options.kind,
      knownIds: knownIds(tenant),
      now: session.now(),
      onProgress: (count, share) => {
        objects = count;
        session.advance({ count, what: 'objects read', share });
      },
    });
    session.counted(objects, objects === 1 ? 'object' : 'objects');
    session.progress(`${plural(objects, 'object')} read, looking for what changes`);
    const planFor = planning(session, imported, options);
    const plan = planFor(tenant);
    const actor = acting(session, tenant, rightsFor(session, tenant, plan, imported));
    requireUsable(imported, options.keepGoing === true);
    const after = applyPlan(tenant, plan);
    const doubts = doubtsOf(tenant, plan, after);
    const refused = doubts.warnings.length > 0 && options.force !== true;
    const dryRun = options.dryRun === true;
    const write = !dryRun && !refused && plan.steps.length > 0;
    let next = before;
    if (write) {
      await guardSwitch(session, tenant, after);
      session.progress(`${plural(objects, 'object')} read, writing`);
      next = await store.update((now) => checked(session, now.tenant, planFor(now.tenant), options.force === true), {
        signature: session.sign(actor.userPrincipalName, actor.role),
        lockTimeout: session.globals.lockTimeoutMs,
      });
    }
    const refusal = dryRun ? await refusedSwitch(session, tenant, after) : undefined;
    const data = reportOf(imported, plan, {
      tenant: { displayName: tenant.displayName, path: session.shownPath(store.path) },
      applied: write,
      dryRun,
      refused,
      warnings: [
        ...doubts.warnings,
        ...leftOut(tenant, partsIn(imported)).map(leftOutText),
        ...MARKED_LISTS.filter((list) => isPartTaken(after, partsIn(imported), list)).map(partText),
      ],
    });
    if (isMixture(tenant, data)) await session.say(mixtureText(tenant));
    return {
      report: { kind: 'import', data },
      ...(write ? { wrote: changed(next) } : {}),
      ...(refusal === undefined ? {} : refusedResult(refusal)),
      ...(refused ? { verdict: 'refused' as const, hint: doubts.hint } : {}),
    };
  },
});

function named(paths: readonly string[]): readonly string[] {
  if (paths.length > 0) return paths;
  throw new GsaError('usage', 'nothing to import is named', {
    hint: 'give files or folders; `gsa import --requests` prints the commands that export them',
  });
}

const isBroken = ({ problems }: ImportedFiles) => problems.some(({ severity }) => severity === 'error');

/**
 * Plans what was read for the tenant as it is, anew only for another than before; lists of which a part may be missing are not taken for
 * whole ones.
 */
function planning(session: Session, imported: ImportedFiles, { replace }: Options): (tenant: Tenant) => Plan {
  const parts = partsIn(imported);
  const mode: ImportMode = replace === true ? 'replace' : 'merge';
  let last: { readonly tenant: Tenant; readonly plan: Plan } | undefined;
  return (tenant) => {
    if (last?.tenant !== tenant) last = { tenant, plan: planImport(tenant, parts, mode, session.now()) };
    return last.plan;
  };
}

/**
 * The rights for what changes. Where nothing does, one of those for what the files hold is enough: whoever may take none of it is turned
 * away, and whoever takes what is theirs is not for what stayed as it is.
 */
function rightsFor(session: Session, tenant: Tenant, plan: Plan, imported: ImportedFiles): readonly Operation[] {
  const changes = plan.steps.flatMap((step) => step.changes);
  if (changes.length > 0) return operationsOf(changes);
  const rights = rightsOfParts(partsIn(imported));
  const own = rights.find((right) => mayAct(session, tenant, [right]));
  return own === undefined ? rights : [own];
}

/** In a file that cannot be taken may be more of a list. */
function partsIn(imported: ImportedFiles): TenantParts {
  const parts = partsOf(imported);
  if (!isBroken(imported)) return parts;
  return { ...parts, cutLists: [...imported.cutLists, ...MARKED_LISTS, 'roleAssignments'] };
}

function leftOutText(list: KnowableList): string {
  return `${spacedWords(list)}: only a part of them is here, and a part would pass for all: not taken; export all of them`;
}

/** Throws GsaError `invalid` for files with an error, unless the good ones are asked for, and where nothing is an export. */
function requireUsable(imported: ImportedFiles, keepGoing: boolean): void {
  if (isBroken(imported) && !keepGoing) throw cannotTake(imported, 'error', whatToDo(imported));
  if (imported.files.every(({ taken }) => taken === 0) && imported.emptyLists.length === 0)
    throw cannotTake(imported, 'note', '`gsa help formats` lists what can be read');
}

/** What only --force does, in sentences, and what to do instead. */
function doubtsOf(tenant: Tenant, plan: Plan, after: Tenant) {
  const removals = protectedRemovals(tenant, plan).map(removalText);
  const lockedOut = emergencyRefusal(tenant, after);
  return {
    warnings: lockedOut === undefined ? removals : [...removals, lockedOut],
    hint:
      removals.length === 0
        ? 'exclude an emergency access account from it, or take it all the same with --force'
        : 'take the mark away (`gsa location untrust`) and change the policies first, or remove them all the same with --force',
  };
}

/** Whether objects of another tenant come into the sample, whose own stay beside them. */
function isMixture({ tenantId }: Tenant, { changes }: ImportReport): boolean {
  return tenantId === SAMPLE_TENANT_ID && changes.some(({ added }) => added > 0);
}

function mixtureText({ displayName, policies }: Tenant): string {
  return (
    `\`${displayName}\` is the sample tenant: what is imported lies beside its ${plural(policies.length, 'policy', 'policies')} and its people. For a ` +
    'tenant of your own: `gsa init --empty --name <name> --tenant <file>`, and the same `--tenant` with every command, or GSA_TENANT'
  );
}

/**
 * Checks the plan again under the lock, where the tenant may be another: the rights have to cover what the plan is now, and
 * nothing is removed of which there was no warning. Throws GsaError `forbidden` or `refused`.
 */
function checked(session: Session, tenant: Tenant, plan: Plan, force: boolean): Plan {
  acting(session, tenant, operationsOf(plan.steps.flatMap(({ changes }) => changes)));
  const removals = force ? [] : protectedRemovals(tenant, plan);
  if (removals.length === 0) return plan;
  throw new GsaError('refused', 'this would remove locations that are trusted or that policies name', {
    hint: 'another process changed the tenant meanwhile: run the command again',
    problems: removals.map((removal) => ({ message: removalText(removal) })),
  });
}

function removalText({ displayName, isTrusted, policies }: ProtectedRemoval): string {
  const named = policies.map((name) => `\`${name}\``).join(', ');
  const why = [
    ...(isTrusted === false ? [] : [isTrusted ? 'is trusted' : 'may be trusted']),
    ...(named === '' ? [] : [`is named by ${named}`]),
  ];
  return `removes the location \`${displayName}\`, which ${why.join(' and ')}`;
}

/** The commands for what is lacking, as a script: nothing is sent from here. */
function scriptFor(session: Session, tenant: Tenant, tool: RequestTool, paths: readonly string[]): Result {
  if (paths.length > 0) {
    throw new GsaError('usage', '--requests takes no files: it prints what exports them', {
      hint: 'leave out one of the two',
    });
  }
  acting(session, tenant, ['policy.read']);
  const requests = exportRequests(tenant);
  return {
    report: { kind: 'script', data: { text: requestScript(tool, requests), requests } },
    ...(lacksAnything(tenant) ? {} : { hint: 'this tenant lacks nothing but sign-ins' }),
  };
}

/** Whether what is taken of a list is a part or deleted, and the tenant does not know the others. */
function isPartTaken(after: Tenant, parts: TenantParts, list: MarkedList): boolean {
  return parts[list].length > 0 && !isListKnown(after, list);
}

function partText(list: MarkedList): string {
  return `${spacedWords(list)}: nothing here says that there are no others; import a list of all or the folder of an export, or say so: gsa tenant set --known ${list}`;
}

/** What stands in the way, each with its place; nothing of the run is written. */
function cannotTake(imported: ImportedFiles, severity: Problem['severity'], hint: string): GsaError {
  const problems = imported.problems.filter((problem) => severity === 'note' || problem.severity === severity);
  const files = new Set(problems.map(({ place }) => place.file)).size;
  const what =
    severity === 'note' ? 'nothing in there is an export of a tenant' : `${plural(files, 'file')} cannot be taken`;
  return new GsaError('invalid', `${what}; nothing was written`, {
    hint,
    problems: errorProblems(problems),
  });
}
