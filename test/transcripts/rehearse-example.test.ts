import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROJECT, runOnTerminal } from '../support/terminal.ts';

let home: string;
let cwd: string;

/** A folder in front of the path with a `node` that is no use: what the scripts start finds no other. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gsa-rehearsed-'));
  cwd = join(home, 'rehearse');
  await cp(join(PROJECT, 'examples/rehearse'), cwd, { recursive: true });
  const node = join(home, 'bin/node');
  await mkdir(join(home, 'bin'));
  await writeFile(node, '#!/bin/sh\necho "an old Node" >&2\nexit 99\n');
  await chmod(node, 0o755);
});

afterAll(() => rm(home, { recursive: true, force: true }));

const rehearse = (words: string) =>
  runOnTerminal(`PATH="$PWD/stand-in:$PATH" gsa rehearse ${words}`, { cwd, home, env: { GSA_TENANT: 'tenant.json' } });

test('the scripts of the example run with whatever Node a machine has, or none', async () => {
  await runOnTerminal('gsa init --quiet && gsa replay signins.ndjson --quiet', {
    cwd,
    home,
    env: { GSA_TENANT: 'tenant.json' },
  });
  const refused = await rehearse('-- ./change.sh');
  expect(refused.output).toContain('ERROR: Conflict: Refused by gsa, not by Microsoft');
  expect(refused.output).not.toContain('an old Node');
  expect(refused.exitCode).toBe(3);
  expect(await rehearse('-- ./mended.sh')).toMatchObject({ exitCode: 0 });
});

test('without a login the stand-in sends nothing and fails', async () => {
  await writeFile(
    join(cwd, 'hasty.sh'),
    '#!/bin/sh\nset -eu\naz rest --method get --url https://graph.microsoft.com/v1.0/users\n',
  );
  await chmod(join(cwd, 'hasty.sh'), 0o755);
  const { output, exitCode } = await rehearse('-- ./hasty.sh');
  expect(output).toContain("Please run 'az login'");
  expect(output).toContain('0 requests, 0 changes.');
  expect(exitCode).toBe(1);
});
