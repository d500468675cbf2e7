import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

const AWAY = { include: ['All'], exclude: [HQ.id] };
const NEW = { quantumGuard: { isEnabled: true } };
const limits = (sessionControls: unknown, where: object = AWAY, more: object = {}) =>
  policy({ displayName: 'Limits', ...where, grantControls: null, sessionControls, ...more });
const OTHER_ID = policy().id.replace(/1$/, '2');

/** What a forecast of the switch for one tunnelled sign-in from headquarters comes to, with a gate on a class. */
async function forecastOf(policies: readonly object[], gate = 'newlyBlocked') {
  const place = await tenantOf({ 'policies.json': policies, 'l.json': [HQ] }, NOTHING_ELSE);
  writeFileSync(join(place.folder, 's.json'), JSON.stringify([TUNNELLED]));
  const { exitCode, stdout } = await place.gsa(`impact s.json --fail-on ${gate}`);
  const report = (await place.gsa('impact s.json -o json')).json();
  const classes = report['classes'] as readonly { readonly class: string; readonly interactive: number }[];
  return { exitCode, stdout, classes: classes.filter(({ interactive }) => interactive > 0).map((each) => each.class) };
}

describe('a session control that nobody documents', () => {
  test.each(['newlyBlocked', 'newlyDenied', 'newlyPrompted', 'unknown', 'stopped'])(
    'leaves the gate on %s open where the policy newly applies, and is named',
    async (gate) => {
      const { exitCode, stdout, classes } = await forecastOf([limits(NEW)], gate);
      expect([exitCode, classes]).toEqual([1, ['unknown']]);
      expect(stdout).toContain('meaning of sessionControls.quantumGuard');
    },
  );

  test.each([
    [
      'another control that nobody documents',
      [limits(NEW, AWAY, { state: 'enabled' }), { ...limits({ other: 1 }), id: OTHER_ID }],
    ],
    [
      'a policy that newly asks for MFA as well',
      [
        limits(NEW),
        { ...policy({ ...AWAY, grantControls: { operator: 'OR', builtInControls: ['mfa'] } }), id: OTHER_ID },
      ],
    ],
    ['a policy that no longer blocks', [limits(NEW), { ...policy({ include: [HQ.id] }), id: OTHER_ID }]],
  ])('beside %s', async (beside, policies) => {
    const { classes } = await forecastOf(policies);
    // Whom a policy blocked before cannot be newly blocked by another.
    expect(classes).toEqual([beside.includes('no longer') ? 'newlyAllowed' : 'unknown']);
  });

  test.each([
    ['the policy applies before as well', [limits(NEW, { include: ['All'] })]],
    ['it is switched off', [limits({ quantumGuard: { isEnabled: false } })]],
    ['the policy only reports', [limits(NEW, AWAY, { state: 'enabledForReportingButNotEnforced' })]],
  ])('changes nothing where %s', async (_, policies) => {
    expect(await forecastOf(policies)).toMatchObject({ exitCode: 0, classes: ['unchanged'] });
  });

  test('hides no block that is certain', async () => {
    const { exitCode, classes } = await forecastOf([limits(NEW), { ...policy(AWAY), id: OTHER_ID }]);
    expect([exitCode, classes]).toEqual([1, ['newlyBlocked']]);
  });
});
