import { describe, expect, test } from 'vitest';
import { CHOICES } from '../../../../src/core/signaling/choices.ts';
import type { PathKind } from '../../../../src/core/signaling/matrix.ts';
import { MATRIX, matrixRow } from '../../../../src/core/signaling/matrix.ts';
import { RESOURCE_KINDS, resourceKindsOf } from '../../../../src/core/signaling/resource-kind.ts';

const PATHS: readonly PathKind[] = [
  'client',
  'clientWithInternetProfile',
  'remoteNetwork',
  'direct',
  'clientDisabled',
  'clientIpv6',
  'ruleBypass',
  'explicitForwardProxy',
];

/** `entra/resource check` with signaling on, then off: source, proxy, connector by their first letters. */
function cell(path: PathKind, resource: (typeof RESOURCE_KINDS)[number]): string {
  const letters = { source: 'U', proxy: 'E', connector: 'C', none: '-', unknown: '?' } as const;
  const { seen } = matrixRow(path, resource);
  return (['enabled', 'disabled'] as const)
    .map((status) => {
      const { entra, resource: at, compliantNetwork } = seen[status];
      return `${letters[entra]}/${letters[at]} ${compliantNetwork}`;
    })
    .join(' | ');
}

describe('the IP matrix', () => {
  test('has one row for every path and resource', () => {
    expect(MATRIX.map(({ path, resource }) => `${path} ${resource}`)).toEqual(
      PATHS.flatMap((path) => RESOURCE_KINDS.map((resource) => `${path} ${resource}`)),
    );
  });

  test('says what the documents say', () => {
    const table = Object.fromEntries(
      PATHS.map((path) => [path, RESOURCE_KINDS.map((resource) => cell(path, resource))]),
    );
    const beside = ['U/- fail | U/- fail', ...Array(5).fill('U/U fail | U/U fail')];
    expect(table).toEqual({
      client: [
        'U/- pass | E/- fail',
        'U/U pass | E/E fail',
        'U/E pass | E/E fail',
        'U/E pass | E/E fail',
        'U/U pass | E/U fail',
        'U/C unknown | E/C fail',
      ],
      clientWithInternetProfile: [
        'U/- pass | E/- fail',
        'U/U pass | E/E fail',
        'U/E pass | E/E fail',
        'U/E pass | E/E fail',
        'U/E pass | E/E fail',
        'U/C unknown | E/C fail',
      ],
      remoteNetwork: [
        'U/- pass | E/- fail',
        'U/U pass | E/E fail',
        'U/E pass | E/E fail',
        'U/E pass | E/E fail',
        'U/? pass | E/? fail',
        'U/- unknown | E/- fail',
      ],
      direct: beside,
      clientDisabled: beside,
      clientIpv6: beside,
      ruleBypass: beside,
      explicitForwardProxy: beside.with(4, 'U/E fail | U/E fail'),
    });
  });

  test('gives a note, a source and a certainty in every row', () => {
    for (const row of MATRIX) {
      expect(row.note).toMatch(/\.$/);
      expect(row.source).not.toBe('');
      expect(['documented', 'contradicted', 'inferred', 'unverified']).toContain(row.certainty);
    }
  });

  test('rests only on choices that are listed, each once, each with its sources', () => {
    const ids = CHOICES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { choice } of MATRIX) if (choice !== undefined) expect(ids).toContain(choice.id);
    for (const { sources, question } of CHOICES) {
      expect(sources.length).toBeGreaterThan(0);
      expect(question).toMatch(/\?$/);
    }
  });
});

describe('the kind of a resource', () => {
  test.each([
    ['00000003-0000-0000-C000-000000000000', 'microsoftGraph'],
    ['00000002-0000-0000-c000-000000000000', 'entraId'],
    ['00000002-0000-0ff1-ce00-000000000000', 'sharePointOrExchange'],
    ['00000003-0000-0ff1-ce00-000000000000', 'sharePointOrExchange'],
    ['cc15fd57-2c6c-4117-a88c-83b1d56b4bbe', 'otherMicrosoft'],
    ['d0000000-0000-4000-8000-000000000001', undefined],
  ])('of %s is %s', (appId, kind) => {
    expect(resourceKindsOf({ kind: 'application', audiences: [{ appId }] })).toEqual([kind]);
  });
});
