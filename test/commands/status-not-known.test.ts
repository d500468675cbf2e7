import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

interface Undecided {
  readonly ruleId: string;
  readonly notKnown: readonly string[];
  readonly settle: readonly string[];
}

describe('gsa check, of a tenant of which nobody said whether signaling is enabled', () => {
  test.each([
    ['that is older than the default', 'init --created 2024-01-01'],
    ['whose age nobody said either', 'init --empty'],
  ])('%s, names what other commands name to settle it', async (_, init) => {
    const place = workplace();
    await place.gsa(init);
    const gate = await place.gsa('impact --all --of signaling=disabled --fail-on stopped -o json');
    const { hint } = JSON.parse(gate.stderr.slice(gate.stderr.indexOf('{'))).error;
    const undecided = (await place.gsa('check -o json')).json()['undecided'] as readonly Undecided[];
    const open = undecided.filter(({ notKnown }) => notKnown.includes('signalingStatus'));
    expect(open.map(({ ruleId }) => ruleId)).toContain('GSA003');
    for (const { settle } of open) expect(settle).toContain(hint);
    expect(hint).toContain('`gsa signaling disable --keep-policies`');
  });

  test('in an export asks for the setting beside it, which no command can write there', async () => {
    const place = workplace();
    await place.gsa('init');
    mkdirSync(join(place.folder, 'export'));
    await place.gsa('export export --kind policies');
    const said = async () => (await place.gsa('check export -o json')).json()['undecided'] as readonly Undecided[];
    const open = (await said()).find(({ ruleId }) => ruleId === 'GSA003');
    expect(open?.settle).toContain('a file with `{ "signalingStatus": "enabled" }`, or `disabled`, beside the export');
    writeFileSync(join(place.folder, 'export', 'settings.json'), '{ "signalingStatus": "enabled" }');
    expect((await said()).flatMap(({ notKnown }) => notKnown)).not.toContain('signalingStatus');
  });
});
