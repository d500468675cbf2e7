import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MENDED } from '../../src/commands/completion/library.ts';
import { workplace } from '../support/in-process.ts';
import { PROJECT, quietEnvironment, runOnTerminal } from '../support/terminal.ts';

const NODE = join(PROJECT, 'node_modules/.bin/node');
const GSA = join(PROJECT, 'bin/gsa.js');
const KEPT = 'what must not be lost';

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'gsa-completion-'));
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin/gsa'), `#!/bin/sh\nexec '${NODE}' '${GSA}' "$@"\n`, { mode: 0o755 });
  const gsa = (...args: string[]) =>
    execFileSync(join(home, 'bin/gsa'), args, { cwd: home, env: quietEnvironment(home) });
  gsa('init', '--quiet');
  gsa('location', 'add', "O'Brien: R&D", '203.0.113.0/25');
  for (const shell of ['bash', 'zsh', 'fish']) writeFileSync(join(home, `gsa.${shell}`), gsa('completion', shell));
  // Twice: a shell that reads its start file again must not complain.
  writeFileSync(join(home, 'bashrc'), "PS1='ready> '; . ./gsa.bash; . ./gsa.bash\n");
  writeFileSync(
    join(home, '.zshrc'),
    "PS1='ready> '; autoload -U compinit; compinit -u -D; . ./gsa.zsh; . ./gsa.zsh\n",
  );
  writeFileSync(
    join(home, 'fish.start'),
    'function fish_prompt; echo -n "ready> "; end; source gsa.fish; source gsa.fish',
  );
});
beforeEach(() => writeFileSync(join(home, 'keep.txt'), KEPT));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const untouched = () => {
  expect(readFileSync(join(home, 'keep.txt'), 'utf8')).toBe(KEPT);
  expect(existsSync(join(home, 'hacked'))).toBe(false);
};

/** What bash would put in place of the last word: the words as it cuts them, the cursor at the end. */
function bashReply(words: readonly string[], line: string, replaced: string): readonly string[] {
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      '--norc',
      '-c',
      `set -u; . ./gsa.bash; . ./gsa.bash
       COMP_LINE=$1 COMP_POINT=\${#1} replaced=$2; shift 2; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
       __gsa_complete gsa "$replaced" ''; printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      line,
      replaced,
      ...words,
    ],
    { cwd: home, env: quietEnvironment(home), encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  return stdout.split('\n').filter((each) => each !== '');
}

describe('the script for bash', () => {
  const ADMINISTRATORS = 'Require MFA for administrators';
  test.each<[string, readonly string[], string, readonly string[]]>([
    ['gsa polic', ['gsa', 'polic'], 'polic', ['policy']],
    [
      'gsa policy show CA001',
      ['gsa', 'policy', 'show', 'CA001'],
      'CA001',
      [String.raw`CA001\ Require\ MFA\ for\ administrators`],
    ],
    [
      'gsa policy show CA001\\ Re',
      ['gsa', 'policy', 'show', 'CA001\\ Re'],
      'CA001\\ Re',
      [String.raw`CA001\ Require\ MFA\ for\ administrators`],
    ],
    ['gsa policy show "CA001 R', ['gsa', 'policy', 'show', '"CA001 R'], 'CA001 R', [`CA001 ${ADMINISTRATORS}`]],
    ["gsa policy show 'CA001 R", ['gsa', 'policy', 'show', "'CA001 R"], 'CA001 R', [`CA001 ${ADMINISTRATORS}`]],
    ["gsa location show 'O", ['gsa', 'location', 'show', "'O"], 'O', [String.raw`O'\''Brien: R&D`]],
    [
      String.raw`gsa location show O\'Brien:\ R`,
      ['gsa', 'location', 'show', String.raw`O\'Brien`, ':', String.raw`\ R`],
      String.raw`\ R`,
      [String.raw`\ R\&D`],
    ],
    ['gsa policy list --state=en', ['gsa', 'policy', 'list', '--state', '=', 'en'], 'en', ['enabled']],
    ['gsa policy list --state=dis', ['gsa', 'policy', 'list', '--state=dis'], '--state=dis', ['--state=disabled']],
    [
      'gsa policy list 2>keep.txt --sta',
      ['gsa', 'policy', 'list', '2', '>', 'keep.txt', '--sta'],
      '--sta',
      ['--state'],
    ],
    ['gsa logs > keep.txt --st', ['gsa', 'logs', '>', 'keep.txt', '--st'], '--st', ['--status']],
    ['gsa logs >keep', ['gsa', 'logs', '>', 'keep'], 'keep', []],
    ['gsa policy show $(touch hacked) CA001', ['gsa', 'policy', 'show', '$(touch hacked)', 'CA001'], 'CA001', []],
    ['gsa policy show `touch hacked`', ['gsa', 'policy', 'show', '`touch hacked`'], '`touch hacked`', []],
    ['gsa policy show "$(touch hacked)', ['gsa', 'policy', 'show', '"$(touch hacked)'], '$(touch hacked)', []],
  ])('after `%s`', (line, words, replaced, wanted) => {
    expect(bashReply(words, line, replaced)).toEqual(wanted);
    untouched();
  });

  test('needs no bash-completion and evaluates nothing', () => {
    expect(execFileSync('bash', ['-c', '. ./gsa.bash; declare -F'], { cwd: home, encoding: 'utf8' })).not.toContain(
      '_get_comp',
    );
    expect(readFileSync(join(home, 'gsa.bash'), 'utf8')).not.toMatch(/\beval\b|readonly|_get_comp/);
  });
});

const installed = (shell: string) => spawnSync('sh', ['-c', `command -v ${shell}`]).status === 0;

describe.each([
  ['bash', 'bash --noprofile --rcfile bashrc -i'],
  ['zsh', 'zsh -i'],
  ['fish', 'fish --no-config --init-command "source fish.start"'],
])('Tab in %s', (shell, start) => {
  test.skipIf(!installed(shell))('quotes what it inserts, runs nothing and empties no file', async () => {
    // The line is emptied before the next one is typed.
    const lines: readonly (readonly [string, RegExp])[] = [
      ['gsa policy show CA001', /Require\\ .*MFA\\ .*for\\ .*administrators/],
      ['gsa policy show "CA001 Req', /Require .*MFA .*for .*administrators"/],
      ["gsa location show 'O", /'\\?'?'?Brien: R&D'/],
      ['gsa policy list --state=en', /enabled/],
      ['gsa logs > keep.txt --st', /--st.*atus/],
      ['gsa replay kee', /kee.*p\.txt/],
    ];
    const keys = lines.map(([line, shown], at) => ({
      after: at === 0 ? 'ready> ' : (lines[at - 1]?.[1] ?? shown),
      type: `${at === 0 ? '' : '\u0015'}${line}\t`,
    }));
    const last = { after: lines.at(-1)?.[1] ?? '', type: '\u0015exit\r' };
    const { output, exitCode } = await runOnTerminal(start, { cwd: home, home, columns: 200, keys: [...keys, last] });
    expect([exitCode, output]).toEqual([0, expect.not.stringMatching(/readonly|not found|rror/)]);
    untouched();
  });
});

test.each(['fish', 'powershell'] as const)('the script for %s has what is mended in it', async (shell) => {
  const { stdout } = await workplace().gsa(['completion', shell]);
  const [wrong, right] = MENDED[shell];
  expect(stdout).toContain(right);
  expect(stdout.replace(right, '')).not.toContain(wrong);
});
