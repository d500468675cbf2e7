import { accessSync, constants, existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { homedir, release, userInfo } from 'node:os';
import { basename, dirname, sep } from 'node:path';
import { isListKnown, KNOWABLE_LISTS, LISTS_IN_WORDS } from '../core/tenant/knowledge.ts';
import { validateTenant } from '../core/tenant/validate.ts';
import { plural } from '../core/values/plural.ts';
import type { Diagnosis, DoctorReport } from '../output/reports/doctor.ts';
import { lockHolder } from '../store/tenant/lock.ts';
import { filesOf } from '../store/tenant/path.ts';
import type { StoredTenant } from '../store/types.ts';
import { GsaError } from '../trouble/error.ts';
import { isSystemError, wordsOf } from '../trouble/file-trouble.ts';
import type { Context } from './context.ts';
import type { NamedFiles, Stores } from './session.ts';

type Check = DoctorReport['value'][number];

/** What the checks look at. */
type Subject = Stores & Pick<NamedFiles, 'shownPath'> & Pick<Context, 'env'>;

/** Looks at everything and changes nothing: no lock is taken, no folder is made, no database is opened. */
export function diagnose(
  stores: Stores & NamedFiles,
  context: Context,
  { version, variables }: { readonly version: string; readonly variables: readonly string[] },
): Diagnosis {
  const session = { ...stores, env: context.env };
  return {
    facts: factsOf(session, context, version),
    value: [checkNode(), checkConfig(session), ...checkTenant(session), checkVariables(context, variables)],
  };
}

function factsOf(session: Subject, context: Context, version: string): Diagnosis['facts'] {
  const { node, sqlite = 'none', v8 } = process.versions;
  return {
    gsa: version,
    Node: `${node} (V8 ${v8}, SQLite ${sqlite})`,
    Platform: `${process.platform} ${process.arch} ${release()}`,
    Program: session.shownPath(process.argv[1] ?? process.execPath),
    Terminal: context.stdout.isTTY
      ? `width ${context.stdout.columns ?? '?'}, TERM ${context.env['TERM'] ?? ''}`
      : 'none',
    Zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    'Tenant file': told(session, () => session.shownPath(session.tenants().path)),
  };
}

/** An answer that may be an error, as one line. */
function told(session: Subject, answer: () => string): string {
  try {
    return answer();
  } catch (error) {
    return troubleIn(session, error).message;
  }
}

/** An error of ours, or of the file system, in words that do not say who somebody is; any other is thrown on. */
function troubleIn(session: Subject, error: unknown): { readonly message: string; readonly hint: string | undefined } {
  if (error instanceof GsaError) {
    return { message: withoutHome(session, error.message), hint: error.hint && withoutHome(session, error.hint) };
  }
  if (isSystemError(error)) return { message: wordsOf(error), hint: undefined };
  throw error;
}

const check = (name: string, status: Check['status'], detail: string, hint?: string): Check => ({
  check: name,
  status,
  detail,
  hint: hint ?? null,
});

/** The part of the check that failed as an error of ours. */
function tried(name: string, session: Subject, work: () => Check): Check {
  try {
    return work();
  } catch (error) {
    const { message, hint } = troubleIn(session, error);
    return check(name, 'error', message, hint);
  }
}

/** A message that names a path would say who somebody is. */
function withoutHome({ env }: Subject, text: string): string {
  return text.replaceAll((env['HOME'] ?? homedir()) + sep, `~${sep}`);
}

/** bin/gsa.js refuses what is older: this is for those who start the built files themselves. */
function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > 22 || (major === 22 && minor >= 15);
  return check('Node', isNew ? 'ok' : 'error', `${process.versions.node}, needed is 22.15 or newer`);
}

function checkConfig(session: Subject): Check {
  return tried('settings', session, () => {
    const file = session.config();
    const { tenants, ...settings } = file.read();
    const many = plural(Object.keys(tenants).length, 'named tenant');
    const set = Object.keys(settings).join(', ') || 'nothing';
    const detail = existsSync(file.path) ? `${set} set, ${many}` : 'none';
    return check('settings', 'ok', `${session.shownPath(file.path)}: ${detail}`);
  });
}

function checkTenant(session: Subject): readonly Check[] {
  let path: string;
  try {
    path = session.tenants().path;
  } catch (error) {
    const { message, hint } = troubleIn(session, error);
    return [check('tenant file', 'error', message, hint)];
  }
  if (!isThere(path)) {
    return [check('tenant file', 'warning', 'there is none yet', 'gsa init'), checkRights(session, path)];
  }
  const stored: { tenant?: StoredTenant } = {};
  const read = tried('tenant file', session, () => {
    stored.tenant = session.tenants().read();
    const { tenant, serial } = stored.tenant;
    const errors = validateTenant(tenant).filter(({ severity }) => severity === 'error').length;
    const detail = `serial ${serial}, ${statSync(path).size} bytes, mode ${modeOf(path)}`;
    if (errors === 0) return check('tenant file', 'ok', detail);
    return check('tenant file', 'error', `${detail}; ${plural(errors, 'problem')}`, 'gsa tenant validate');
  });
  return [
    read,
    checkRights(session, path),
    tried('lock', session, () => checkLock(path)),
    ...(stored.tenant === undefined ? [] : [checkJournal(session), checkKnowledge(stored.tenant)]),
    tried('sign-in log', session, () => checkLog(path)),
    tried('left behind', session, () => checkLeftBehind(path)),
  ];
}

/** Whether there is anything by that name, if only a link to nowhere. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (isSystemError(error)) return true;
    throw error;
  }
}

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8).padStart(3, '0');

/** Whether a write could succeed, and whether somebody else owns the file. */
function checkRights(session: Subject, path: string): Check {
  return tried('rights', session, () => {
    session.tenants().checkWritable();
    const owner = existsSync(path) ? statSync(path).uid : undefined;
    const own = userInfo().uid;
    if (owner === undefined || own < 0 || owner === own) return check('rights', 'ok', 'file and folder can be written');
    return check('rights', 'warning', 'the file belongs to somebody else: a write makes it yours');
  });
}

function checkLock(path: string): Check {
  const holder = lockHolder(filesOf(path));
  if (holder === undefined) return check('lock', 'ok', 'nobody writes');
  return check('lock', 'warning', `process ${holder.pid} writes since ${holder.since}`, 'wait, or use --lock-timeout');
}

function checkJournal(session: Subject): Check {
  return tried('audit journal', session, () => {
    const problems = session.journal().verify();
    const [first] = problems;
    if (first === undefined)
      return check('audit journal', 'ok', plural(session.journal().entries().length, 'entry', 'entries'));
    const more = problems.length > 1 ? ` and ${problems.length - 1} more` : '';
    return check('audit journal', 'error', withoutHome(session, first) + more, 'gsa tenant validate');
  });
}

function checkKnowledge({ tenant }: StoredTenant): Check {
  const lacks = KNOWABLE_LISTS.filter((list) => !isListKnown(tenant, list)).map((list) => LISTS_IN_WORDS[list]);
  if (lacks.length === 0) return check('knowledge', 'ok', 'every list is known');
  return check('knowledge', 'warning', `not known: ${lacks.join(', ')}`, 'gsa import --requests');
}

function checkLog(path: string): Check {
  const { signIns } = filesOf(path);
  if (!existsSync(signIns)) return check('sign-in log', 'ok', 'empty');
  try {
    accessSync(signIns, constants.R_OK | constants.W_OK);
  } catch {
    return check('sign-in log', 'error', 'cannot be read and written', 'ask the owner of the file for the right');
  }
  return check('sign-in log', 'ok', `${statSync(signIns).size} bytes, mode ${modeOf(signIns)}`);
}

/** What killed writers left; the next writer removes it. */
function checkLeftBehind(path: string): Check {
  const { tenant } = filesOf(path);
  const prefix = `.${basename(tenant)}.`;
  const left = readdirSync(dirname(tenant)).filter((name) => name.startsWith(prefix) && name.endsWith('.tmp'));
  if (left.length === 0) return check('left behind', 'ok', 'nothing');
  return check('left behind', 'warning', `${plural(left.length, 'unfinished file')}; the next write removes them`);
}

/** Names only: values may say who somebody is. One that nothing reads is told: a slip of the pen would be passed over silently. */
function checkVariables({ env }: Context, known: readonly string[]): Check {
  const names = Object.keys(env).filter((name) => name.startsWith('GSA_') && env[name] !== undefined);
  const unread = names.filter((name) => !known.includes(name)).sort();
  if (unread.length > 0) {
    return check('environment', 'warning', `gsa reads no ${unread.join(', ')}`, 'gsa help environment');
  }
  return check(
    'environment',
    'ok',
    names.length === 0 ? 'no variable of gsa is set' : `${names.sort().join(', ')} set`,
  );
}
