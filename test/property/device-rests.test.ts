import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberOf, PART } from '../../src/core/signaling/numbered-attempt.ts';
import type { ScannedBy } from '../../src/intake/sign-ins/scan/line-records.ts';
import { lineRecords, Memories } from '../../src/intake/sign-ins/scan/line-records.ts';
import { LineScanner } from '../../src/intake/sign-ins/scan/line-scanner.ts';
import { tries } from '../support/tries.ts';

const ids = fc.oneof(
  { weight: 5, arbitrary: fc.uuid().map((id) => JSON.stringify(id)) },
  { weight: 2, arbitrary: fc.constantFrom('""', '""', '""', '"x y"', 'null', '5', '"a\\u0062"', '" "') },
);
const names = fc.constantFrom('"PC-1"', '"Büro 2"', '""', 'null', '"a}b"', '"a\\"b"', '7');
const member = fc.constantFrom(
  ...[
    '"operatingSystem":"Windows10"',
    '"operatingSystem":"MacOs"',
    '"operatingSystem":"Li}nux"',
    '"operatingSystem":3',
  ],
  ...['"isCompliant":true', '"isCompliant":false', '"isCompliant":null', '"isManaged":true', '"isCompliant":"true"'],
  ...[
    '"trustType":"Azure AD joined"',
    '"trustType":"Hybrid Azure AD joined"',
    '"trustType":""',
    '"trustType":{"a":"}"}',
  ],
  ...[
    '"deviceId":"d"',
    '"deviceId":""',
    '"displayName":"PC-9"',
    '"browser":"Edge \\" }"',
    '"browser":"{}"',
    '"browser":[]',
  ],
);
const devices = fc
  .tuple(ids, fc.option(names, { nil: undefined }), fc.array(member, { maxLength: 3 }), fc.boolean())
  .map(([id, name, members, isSpaced]) => {
    const all = [`"deviceId":${id}`, ...(name === undefined ? [] : [`"displayName":${name}`]), ...members];
    return `{${all.join(isSpaced ? ', ' : ',')}}`;
  });
const protections = fc.constantFrom('', '', ',"tokenProtectionStatusDetails":{"signInSessionStatus":"bound"}');

function lineOf([device, protection]: readonly [device: string, protection: string], at: number): string {
  const id = at.toString(16).padStart(12, '0');
  return `{"id":"b5f1b2d0-0000-4000-8000-${id}","createdDateTime":"2026-01-15T09:00:00Z","userId":"u","deviceDetail":${device}${protection}}`;
}

/** The lines a few at a time: after two values of a member its values have no numbers any more. */
async function* scanned(lines: readonly string[]): AsyncGenerator<ScannedBy> {
  const scanner = new LineScanner(2);
  for (let at = 0; at < lines.length; at += 4) {
    const text = Buffer.from(lines.slice(at, at + 4).join('\n'));
    yield { ...scanner.scan(Buffer.concat([text, new Uint8Array(1)]), text.length, false), scanner };
  }
}

test('devices prove the same where they have one number, whatever ids and names they have', async () => {
  let placed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(devices, protections), { minLength: 6, maxLength: 30 }), async (list) => {
      const proven = new Map<number, string>();
      for await (const batch of lineRecords(scanned(list.map(lineOf)), 'it', new Memories({}))) {
        for (const raw of batch) {
          const numbered = raw.kind === 'quick' ? raw.signIn.numbered : undefined;
          if (numbered === undefined) continue;
          if (numberOf(numbered, PART.device) === 0) placed++;
          const { device, devicePlatform, isSessionBound, satisfied } = numbered.attempt;
          const has = device === undefined || device === null ? device : [device['isCompliant'], device['trustType']];
          const { compliantDevice, domainJoinedDevice } = satisfied;
          const claims = [has, devicePlatform, isSessionBound, compliantDevice, domainJoinedDevice];
          const told = JSON.stringify(claims, (_, value: unknown) => (value === undefined ? 'not known' : value));
          const number = numberOf(numbered, PART.deviceClaims);
          expect(proven.get(number) ?? told).toBe(told);
          proven.set(number, told);
        }
      }
    }),
    { numRuns: tries(400) },
  );
  expect(placed).toBeGreaterThan(1_000);
});
