import { describe, expect, test } from 'vitest';
import { PUBLISHED_EGRESS_RANGES } from '../../../../src/core/network/gsa-ranges.ts';
import { buildRangeIndex } from '../../../../src/core/network/range-index.ts';
import { readRangeTexts } from '../../../../src/core/network/read-range-list.ts';
import { proxyStandIn } from '../../../../src/core/signaling/stand-in.ts';

function indexOf(...lists: readonly (readonly string[])[]) {
  return buildRangeIndex(lists.map((texts, value) => ({ ranges: readRangeTexts(texts), value })));
}

describe('a stand-in for the proxy’s address', () => {
  test.each<[string, readonly (readonly string[])[], boolean]>([
    ['no location holds egress', [['203.0.113.0/24']], true],
    ['one location holds all of it', [[...PUBLISHED_EGRESS_RANGES]], true],
    ['a wide location holds all of it', [['128.0.0.0/1']], true],
    ['a location holds one of the two ranges', [['151.206.0.0/16']], false],
    ['a location holds a single address of it', [['151.206.77.1/32']], false],
    ['a location holds its last address', [['151.206.255.255/32']], false],
    ['two locations hold a range each', [['151.206.0.0/16'], ['128.94.0.0/19']], false],
    ['a location holds neighbours of it', [['151.205.255.255/32', '151.207.0.0/32']], true],
    ['there are no locations', [], true],
  ])('where %s', (_, lists, isPossible) => {
    expect(proxyStandIn(indexOf(...lists)) !== undefined).toBe(isPossible);
  });

  test('is none where the egress itself cannot be read, or is empty', () => {
    expect(proxyStandIn(indexOf(), ['151.206.0.0/16', 'nonsense'])).toBeUndefined();
    expect(proxyStandIn(indexOf(), [])).toBeUndefined();
  });

  test('lies in the tenant’s own egress where that is stated', () => {
    expect(proxyStandIn(indexOf(), ['198.18.0.0/24'])?.text).toBe('198.18.0.0');
  });
});
