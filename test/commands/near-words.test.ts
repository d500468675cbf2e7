import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

async function hintOf(words: string): Promise<string> {
  const run = await workplace().gsa(words);
  expect(run.exitCode).toBe(2);
  expect(run.stdout).toBe('');
  return run.stderr.split('hint: ')[1]?.trim() ?? '';
}

describe('words that are no command', () => {
  test.each([
    ['signins', 'did you mean `gsa logs`?'],
    ['sign-ins', 'did you mean `gsa logs`?'],
    ['Log', 'did you mean `gsa logs`?'],
    ['version', 'did you mean `gsa --version`?'],
    ['status', 'did you mean `gsa signaling status`?'],
    ['enable', 'did you mean `gsa signaling enable`?'],
    ['off', 'did you mean `gsa signaling disable`?'],
    ['matrix', 'did you mean `gsa signaling matrix`?'],
    ['validate', 'did you mean `gsa tenant validate`?'],
    ['restore', 'did you mean `gsa tenant restore` or `gsa policy restore` or `gsa location restore`?'],
    ['policies', 'did you mean `gsa policy list`?'],
    ['locations ls', 'did you mean `gsa location list`?'],
    ['policies show', 'did you mean `gsa policy show`?'],
    ['policy ls', 'did you mean `gsa policy list`?'],
    ['policy off', 'did you mean `gsa policy set-state`?'],
    ['location rm', 'did you mean `gsa location remove`?'],
    ['signaling on', 'did you mean `gsa signaling enable`?'],
    ['tenant verify', 'did you mean `gsa tenant validate`?'],
    ['impcat', 'did you mean `gsa impact`?'],
    ['satus', 'did you mean `gsa signaling status`?'],
    ['help signins', 'did you mean `gsa logs`?'],
    ['help exitcodes', 'did you mean `gsa help exit-codes`?'],
    ['xyzzy', 'see `gsa --help`'],
    ['policy xyzzy', 'see `gsa policy --help`'],
  ])('gsa %s: %s', async (words, hint) => {
    expect(await hintOf(words)).toBe(hint);
  });

  test('every command that a hint names is one', async () => {
    const words = ['signins', 'version', 'on', 'off', 'switch', 'plan', 'who', 'simulate', 'lint', 'rules', 'rollback'];
    for (const word of [
      ...words,
      'journal',
      'changes',
      'backup',
      'login',
      'pull',
      'permissions',
      'get',
      'describe',
      'ls',
    ]) {
      for (const [, command = ''] of (await hintOf(word)).matchAll(/`gsa ([^`]+)`/g)) {
        const run = await workplace().gsa(command === '--version' ? command : `${command.replace(/ --.*/, '')} --help`);
        expect([command, run.exitCode]).toEqual([command, 0]);
      }
    }
  });
});
