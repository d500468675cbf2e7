import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAll } from '../support/read-all-sign-ins.ts';

/** The hostile files of the test kit, which is kept beside the project: made anew for every run. */
const KIT = join('..', 'shared', 'kit');
const GENERATOR = join(KIT, 'bin', 'gen-malformed.mjs');

interface HostileAddress {
  readonly input: string;
  readonly where: string;
  readonly expect: { readonly ok: boolean; readonly canonical?: string };
}

describe.skipIf(!existsSync(GENERATOR))('the malformed files of the kit (../shared is not here)', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'gsa-malformed-'));
    execFileSync(process.execPath, [GENERATOR, folder], { stdio: 'ignore' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('none throws, none is passed over, every one says in one line what is wrong', async () => {
    const made = readdirSync(folder);
    expect(made.length).toBeGreaterThan(100);
    for (const file of made) {
      const { skipped, reports } = await readAll([join(folder, file)]);
      expect([file, reports[0]?.read]).not.toEqual([file, 0]);
      expect([file, reports.length]).toEqual([file, 1]);
      for (const { message } of skipped.slice(0, 100)) expect(message).not.toMatch(/\p{Cc}|Unexpected|undefined/u);
    }
  });

  test.each([
    ['log-ok.jsonl', 2, ''],
    ['log-one-bad-line.jsonl', 2, 'invalidJson 1'],
    ['log-half-last-line.jsonl', 0, 'truncated 1'],
    ['log-no-newline.jsonl', 1, ''],
    ['log-crlf.jsonl', 1, ''],
    ['log-blank-lines.jsonl', 1, ''],
    ['log-dup-ids.jsonl', 3, ''],
    ['log-ip-types.jsonl', 5, ''],
    ['log-times.jsonl', 6, 'dayOrMonth 1, noTime 9'],
    ['log-long-line.jsonl', 1, 'tooLarge 1'],
    ['log-out-of-order.jsonl', 2, ''],
    ['log-binary.jsonl', 0, 'binary 1'],
  ])('%s gives %d sign-ins, skipped: %j', async (file, used, reasons) => {
    const { reports } = await readAll([join(folder, file)]);
    expect(reports[0]?.used).toBe(used);
    expect(reports[0]?.skipped.map(({ reason, count }) => `${reason} ${count}`).join(', ')).toBe(reasons);
  });

  test('a hostile address is read as the kit says, or not at all', async () => {
    const { signIns } = await readAll([join(folder, 'log-hostile-ips.jsonl')]);
    const rows = JSON.parse(readFileSync(join(KIT, 'data', 'hostile-ips.json'), 'utf8')) as readonly HostileAddress[];
    const wanted = rows.filter(({ where }) => where !== 'cidr');
    expect(signIns).toHaveLength(wanted.length);
    const seen = signIns.map(({ attempt: { network } }) => (network.source.address ?? network.proxy?.address)?.text);
    expect(seen).toEqual(wanted.map(({ expect: { ok, canonical } }) => (ok ? canonical : undefined)));
  });
});
