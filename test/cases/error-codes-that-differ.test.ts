import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAll, source } from '../support/read-all-sign-ins.ts';
import { tries } from '../support/tries.ts';
import { HQ, NOTHING_ELSE, policy, TUNNELLED, tenantOf } from './exports.ts';

/** Each says the error code of one sign-in twice, as exports do. */
const SHAPES: readonly ((one: unknown, other: unknown) => string)[] = [
  (one, other) => JSON.stringify([monitor({ resultType: String(one) }, { errorCode: other })]),
  (one, other) => JSON.stringify(monitor({ resulttype: one }, { errorCode: String(other) })),
  (one, other) => JSON.stringify({ message: JSON.stringify(monitor({ ResultType: one }, { errorCode: other })) }),
  (one, other) => JSON.stringify([{ ...ROW, ResultType: String(one), Status: JSON.stringify({ errorCode: other }) }]),
  (one, other) => JSON.stringify({ ...ROW, ResultType: one, Status_dynamic: { errorCode: other } }),
  (one, other) => JSON.stringify([{ ...ROW, ErrorCode: one, Status: { errorCode: other } }]),
  (one, other) => JSON.stringify([{ ...ROW, Status: { errorCode: other }, ErrorCode: one }]),
  (one, other) => JSON.stringify([{ ...ROW, ResultType: one, ErrorCode: other }]),
  (one, other) => `${Object.keys(ROW)},ResultType,Status\n${Object.values(ROW)},${one},"{""errorCode"":${other}}"\n`,
  (one, other) => `${Object.keys(ROW)},Status,ResultType\n${Object.values(ROW)},${other},${one}\n`,
];

const ROW = {
  TimeGenerated: TUNNELLED.createdDateTime,
  Id: TUNNELLED.id,
  UserId: TUNNELLED.userId,
  AppId: TUNNELLED.appId,
  IPAddress: TUNNELLED.ipAddress,
};

function monitor(wrapper: object, status: object): object {
  const time = TUNNELLED.createdDateTime;
  return { time, category: 'SignInLogs', ...wrapper, properties: { ...TUNNELLED, status } };
}

/** One that a switch does not touch. */
const DIRECT = { ...TUNNELLED, id: 'b', isThroughGlobalSecureAccess: false, globalSecureAccessIpAddress: null };

const codes = fc.constantFrom(0, 50_126, 50_140, 53_003, 700_016);

describe('a record that says the error code twice', () => {
  test('is left out where it says two, and counted', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...SHAPES), codes, codes, async (shape, one, other) => {
        const { signIns, skipped } = await readAll([source(shape(one, other))]);
        if (one === other) {
          expect([signIns.map(({ record }) => record.status?.errorCode), skipped]).toEqual([[one], []]);
          return;
        }
        expect(signIns).toEqual([]);
        expect(skipped.map(({ reason }) => reason)).toEqual(['contradictedMember']);
        for (const code of [one, other]) expect(skipped[0]?.message).toContain(String(code));
      }),
      { numRuns: tries(200) },
    ));

  test.each(['Success', '', null, undefined])('is read where one is no code: %j', async (word) => {
    for (const shape of SHAPES.slice(0, 5)) {
      const { skipped, signIns } = await readAll([source(shape(word, 50_126))]);
      expect([skipped, signIns[0]?.record.status?.errorCode]).toEqual([[], 50_126]);
    }
  });

  test('is read whole, whichever column comes first', async () => {
    const status = { errorCode: 50_126, failureReason: 'Invalid password', additionalDetails: 'MFA denied' };
    for (const columns of [
      { ErrorCode: 50_126, Status: status },
      { Status: status, ErrorCode: '50126' },
      { ResultType: '50126', ErrorCode: 50_126, Status_dynamic: JSON.stringify(status) },
    ]) {
      const { signIns } = await readAll([source(JSON.stringify([{ ...ROW, ...columns }]))]);
      expect(signIns.map(({ record }) => record.status)).toEqual([status]);
    }
  });

  test('and no gate is green over it, as it may have come to the policies', async () => {
    const place = await tenantOf({ 'a.json': [policy({ include: ['All'], exclude: [HQ.id] }), HQ] }, NOTHING_ELSE);
    const gate = async (one: number, other: number) => {
      const records = [monitor({ resultType: one }, { errorCode: other }), DIRECT];
      writeFileSync(join(place.folder, 's.json'), JSON.stringify(records));
      return (await place.gsa('impact s.json --of signaling=disabled --fail-on newlyBlocked,unknown')).exitCode;
    };
    expect([await gate(50_126, 50_126), await gate(0, 50_126), await gate(50_126, 0)]).toEqual([0, 1, 1]);
  });
});
