import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { IModule } from 'dependency-cruiser';
import { cruise } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { beforeAll, describe, expect, test } from 'vitest';
import { PROGRAM } from '../../src/program.ts';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.ts'))
  .sort();

/** Runs the rules of .dependency-cruiser.mjs over some folders: the modules seen, and the violations as readable lines. */
async function judge(folders: string[], baseDir = process.cwd()) {
  const options = await extractDepcruiseOptions('./.dependency-cruiser.mjs');
  const { output } = await cruise(folders, { ...options, baseDir }, undefined, {
    tsConfig: extractTSConfig('./tsconfig.json'),
  });
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text instead of a result');
  return {
    modules: output.modules,
    violations: output.summary.violations.map(
      ({ from, to, rule, comment }) => `${rule.name}: ${from} → ${to}${comment === undefined ? '' : ` (${comment})`}`,
    ),
  };
}

describe('imports in src', () => {
  let modules: IModule[];
  let violations: string[];

  beforeAll(async () => {
    ({ modules, violations } = await judge(['src']));
  });

  test('every file of src is seen', () => {
    const seen = modules.map(({ source }) => source).filter((source) => source.startsWith('src/'));
    expect(seen.sort()).toEqual(files);
  });

  test('an import of a type is seen', () => {
    const edges = modules.flatMap(({ source, dependencies }) =>
      dependencies
        .filter(({ dependencyTypes }) => dependencyTypes.includes('type-only'))
        .map(({ resolved }) => `${source} → ${resolved}`),
    );
    expect(edges).toContain('src/core/tenant/tenant.ts → src/core/tenant/policy.ts');
  });

  test('no import breaks a rule', () => {
    expect(violations).toEqual([]);
  });
});

describe('the rules', () => {
  /** Judges a small tree made for the purpose: the names of the rules that it breaks. */
  async function broken(tree: Record<string, string>) {
    const root = mkdtempSync(join(realpathSync(tmpdir()), 'gsa-imports-'));
    try {
      symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
      for (const [file, text] of Object.entries(tree)) {
        mkdirSync(join(root, dirname(file)), { recursive: true });
        writeFileSync(join(root, file), text);
      }
      const { violations } = await judge(['src'], root);
      return [...new Set(violations.map((line) => line.split(':')[0]))].sort();
    } finally {
      rmSync(root, { recursive: true });
    }
  }

  const tenant = { 'src/core/tenant/tenant.ts': 'export type Tenant = object;\nexport const none = 0;\n' };

  test.each([
    ['node:fs', 'core-is-pure'],
    ['chalk', 'chalk-has-one-home'],
    ['vitest', 'packages-have-a-home'],
    ['./missing.ts', 'nothing-unresolved'],
    ['../tenant/tenant.ts', 'core-network-is-the-bottom'],
  ])('core/network may not import %s', async (imported, rule) => {
    const tree = { ...tenant, 'src/core/network/address.ts': `import '${imported}';\n` };
    expect(await broken(tree)).toContain(rule);
  });

  test('a type from a forbidden room is as forbidden as a value', async () => {
    const tree = {
      'src/output/view.ts': 'export type View = object;\n',
      'src/core/tenant/tenant.ts': "import type { View } from '../../output/view.ts';\nexport type Tenant = View;\n",
    };
    expect(await broken(tree)).toEqual(['core-imports-only-core']);
  });

  test('node:sqlite has one home and node:worker_threads two', async () => {
    const imports = "import 'node:sqlite';\nimport 'node:worker_threads';\n";
    expect(await broken({ 'src/intake/read.ts': imports })).toEqual([
      'sqlite-lives-in-store',
      'threads-have-two-homes',
    ]);
  });

  test('a command may use the type of the store, not the store, and no other command', async () => {
    const tree = {
      'src/store/store.ts': 'export type Store = object;\nexport const open = 0;\n',
      'src/commands/command.ts': 'export type Command = object;\n',
      'src/commands/tenant/show.ts':
        "import type { Store } from '../../store/store.ts';\nimport type { Command } from '../command.ts';\nexport type Show = Store & Command;\n",
    };
    expect(await broken(tree)).toEqual([]);
    const worse = {
      'src/commands/export/command.ts':
        "import '../tenant/show.ts';\nimport { open } from '../../store/store.ts';\nopen;\n",
    };
    expect(await broken({ ...tree, ...worse })).toEqual(['commands-return', 'commands-stand-alone']);
  });

  test.each([
    ['worlds/world.ts', '../levels/people.ts', 'core-proof-worlds-are-below'],
    ['levels/level.ts', '../diagram/search.ts', 'core-proof-levels-are-below'],
    ['diagram/state.ts', '../proof.ts', 'core-proof-diagram-are-below'],
    ['answers/told.ts', '../questions/gaps.ts', 'core-proof-answers-are-below'],
    ['../gsatest/reach.ts', '../proof/diagram/search.ts', 'core-proof-is-asked'],
    ['../../output/people.ts', '../core/proof/levels/people.ts', 'core-proof-is-asked'],
  ])('in a proof, %s may not import %s', async (file, imported, rule) => {
    const tree = Object.fromEntries(
      ['levels/people.ts', 'diagram/search.ts', 'proof.ts', 'questions/gaps.ts'].map((path) => [
        `src/core/proof/${path}`,
        'export const found = 0;\n',
      ]),
    );
    expect(await broken({ ...tree, [join('src/core/proof', file)]: `import '${imported}';\n` })).toEqual([rule]);
  });

  test.each(['conditions/risk.ts', 'outcome/status.ts', 'fast/bitset.ts', 'filter/rule-tokens.ts', 'grant/answers.ts'])(
    'nobody outside of Conditional Access imports its %s',
    async (file) => {
      const tree = {
        [`src/core/conditional-access/${file}`]: 'export const found = 0;\n',
        'src/core/impact/forecast.ts': `import '../conditional-access/${file}';\n`,
        'src/core/conditional-access/evaluate.ts': `import './${file}';\n`,
      };
      expect(await broken(tree)).toEqual(['core-conditional-access-judges-inside']);
    },
  );

  test('the face of Conditional Access, its facts and what its rooms give out are for everybody', async () => {
    const shown = ['evaluate', 'facts/subject', 'record/sign-in', 'fast/decide', 'outcome/change'];
    const tree = Object.fromEntries(
      shown.map((name) => [`src/core/conditional-access/${name}.ts`, 'export const found = 0;\n']),
    );
    const imports = shown.map((name) => `import '../conditional-access/${name}.ts';\n`).join('');
    expect(await broken({ ...tree, 'src/core/impact/forecast.ts': imports })).toEqual([]);
  });

  test('targets of a proof are also what a test file can mean', async () => {
    const tree = {
      'src/core/proof/levels/targets.ts': 'export const found = 0;\n',
      'src/core/gsatest/scene.ts': "import '../proof/levels/targets.ts';\n",
    };
    expect(await broken(tree)).toEqual([]);
  });

  test('no two rules have one name', async () => {
    const { ruleSet } = await extractDepcruiseOptions('./.dependency-cruiser.mjs');
    const names = ruleSet?.forbidden?.map(({ name }) => name) ?? [];
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('a cycle is found', async () => {
    const tree = {
      'src/intake/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
      'src/intake/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
    };
    expect(await broken(tree)).toEqual(['no-cycles']);
  });
});

describe('names in src', () => {
  test.each(PROGRAM.flatMap(({ commands }) => commands).map(({ words, load }) => [words, String(load)] as const))(
    'gsa %s lies where its words say',
    (words, load) => {
      const [noun, ...verb] = words.split(' ');
      expect(load).toContain(`/commands/${noun}/${verb.length === 0 ? 'command' : verb.join('/')}.ts`);
    },
  );

  test('no file is a grab bag or a barrel', () => {
    expect(files.filter((file) => /\/(utils?|helpers?|common|shared|misc|index)(\.ts$|\/)/.test(file))).toEqual([]);
  });
});
