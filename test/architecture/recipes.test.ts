import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Recipe, Step } from './recipes.ts';
import { RECIPES, touchedBy } from './recipes.ts';

/**
 * The changes that come again and again, made in a copy of the sources: that is all that they take. The copy type-checks, and
 * the program that is built of it does the new things.
 */
const copy = mkdtempSync(join(realpathSync(tmpdir()), 'gsa-recipes-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Files of each kind of change. */
const FILES: Readonly<Record<string, number>> = {
  'a condition': 4,
  'a grant control': 1,
  'a column of the log': 2,
  'a command': 2,
  'an output format': 2,
  'a sign-in source': 2,
  'a rule of check': 2,
};

describe('a change touches few files:', () => {
  test.each(RECIPES)('$name', (recipe) => {
    expect(touchedBy(recipe)).toHaveLength(FILES[recipe.name] ?? 0);
  });
});

describe('a copy with all of the changes', () => {
  beforeAll(() => {
    for (const part of ['src', 'bin', 'tools', 'package.json', 'tsconfig.json']) {
      cpSync(part, join(copy, part), { recursive: true });
    }
    symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
    for (const recipe of RECIPES) take(recipe);
    writeFileSync(
      join(copy, 'tsconfig.src.json'),
      JSON.stringify({ extends: './tsconfig.json', compilerOptions: { incremental: false }, include: ['src'] }),
    );
    execFileSync(process.execPath, ['tools/build.mjs'], { cwd: copy });
    write('signins.json', [{ parcel: SIGN_IN }]);
    write('policies.json', { value: [POLICY] });
    gsa('init --empty --created 2026-01-01');
    gsa('import policies.json');
  }, 120_000);

  test('type-checks', () => {
    const tsc = join(copy, 'node_modules/typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.src.json'], { cwd: copy, encoding: 'utf8' });
    expect(stdout).toBe('');
  }, 120_000);

  test('reads the condition, judges it, and supposes it', () => {
    const whatIf = (more: string) =>
      JSON.parse(gsa(`whatif --user ann@contoso.example --app "Microsoft Graph" ${more} -o json`).stdout);
    expect(whatIf('--session-trust low --satisfied verifiedPresence')).toMatchObject({ outcome: 'granted' });
    expect(whatIf('--session-trust low')).toMatchObject({ outcome: 'interrupted' });
    expect(whatIf('--session-trust full')).toMatchObject({ outcome: 'granted' });
    expect(whatIf('--session-trust unknown')).toMatchObject({ outcome: 'unknown', missing: ['sessionTrustLevel'] });
    expect(gsa('whatif --user ann --app "Microsoft Graph" --session-trust some').stderr).toContain(
      'give one of none, low',
    );
  });

  test('has the command, with every format of a list and the new one', () => {
    expect(gsa('group count -o ndjson').status).toBe(0);
    expect(gsa('group count -o kind').stdout).toBe('directory\n');
  });

  test('reads the source, and sorts the log by the column', () => {
    expect(JSON.parse(gsa('replay signins.json -o json').stdout)).toMatchObject({ read: 1, added: 1, skipped: [] });
    expect(gsa('logs --columns userType --filter "userType eq \'member\'" -o csv').stdout).toContain('member');
    expect(gsa('logs --count-by userType -o json').stdout).toContain('"member"');
  });

  test('finds what the rule is about', () => {
    expect(gsa('check -o json').stdout).toContain('"GSA069"');
    expect(gsa('explain shouted-name').stdout).toContain('They are hard to read.');
  });
});

const SIGN_IN = {
  id: 's1',
  createdDateTime: '2026-01-14T08:00:00Z',
  userPrincipalName: 'ann@contoso.example',
  userType: 'Member',
  appDisplayName: 'Payroll',
  resourceId: '00000000-0000-4000-8000-000000000009',
  ipAddress: '203.0.113.7',
};

const POLICY = {
  id: '00000000-0000-4000-8000-000000000001',
  displayName: 'PRESENCE',
  state: 'enabled',
  conditions: {
    users: { includeUsers: ['All'] },
    applications: { includeApplications: ['All'] },
    sessionTrustLevels: ['low'],
  },
  grantControls: { operator: 'OR', builtInControls: ['verifiedPresence'] },
};

function write(file: string, value: unknown): void {
  writeFileSync(join(copy, file), JSON.stringify(value));
}

function take({ steps }: Recipe): void {
  for (const step of steps) {
    const file = join(copy, step.file);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, textAfter(step, file));
  }
}

function textAfter(step: Step, file: string): string {
  if (!('before' in step)) return step.text;
  const text = readFileSync(file, 'utf8');
  const at = text.indexOf(step.before);
  if (at < 0) throw new Error(`${step.file} has no \`${step.before}\``);
  return text.slice(0, at) + step.text + text.slice(at);
}

/** A command line of the copy; words in double quotes are one. */
function gsa(line: string) {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  return spawnSync(process.execPath, ['bin/gsa.js', ...words], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, GSA_TENANT: join(copy, 'tenant.json'), NO_COLOR: '1' },
  });
}
