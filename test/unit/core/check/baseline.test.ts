import { describe, expect, test } from 'vitest';
import type { BaselineEntry } from '../../../../src/core/check/baseline.ts';
import { applyBaseline } from '../../../../src/core/check/baseline.ts';
import { checkTenant } from '../../../../src/core/check/check.ts';
import { HQ, location, NOW, tenant } from './tenants.ts';

const findings = checkTenant(
  tenant({ namedLocations: [location({ ranges: ['203.0.113.7/24', '198.51.100.7/24'], isTrusted: false })] }),
  { now: NOW },
);
const known = { reason: 'agreed', owner: 'netops', until: '2026-06-30' };
const fingerprints = (list: readonly { readonly fingerprint: string }[]) => list.map(({ fingerprint }) => fingerprint);
const hostBits = `GSA037:namedLocation:${HQ}:203.0.113.7/24`;

describe('a baseline of known findings', () => {
  test('begins with one finding for the unused location and two for its host bits', () => {
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['GSA031', 'GSA037', 'GSA037']);
  });

  test('accepts one finding by its fingerprint', () => {
    const result = applyBaseline(findings, [{ fingerprint: hostBits, ...known }], NOW);
    expect(fingerprints(result.accepted.map(({ finding }) => finding))).toEqual([hostBits]);
    expect(result.open).toHaveLength(2);
    expect(result.expired).toEqual([]);
    expect(result.unmatched).toEqual([]);
  });

  test.each([
    { rule: 'GSA037', subject: HQ },
    { rule: 'gsa037', subject: HQ.toUpperCase() },
    { rule: 'host-bits', subject: 'Headquarters' },
  ])('accepts all findings of rule $rule about $subject', (key) => {
    const result = applyBaseline(findings, [{ ...key, ...known }], NOW);
    expect(result.accepted).toHaveLength(2);
    expect(result.open.map(({ ruleId }) => ruleId)).toEqual(['GSA031']);
  });

  test('lets a finding count again when the time of its entry is over', () => {
    const entry: BaselineEntry = { fingerprint: hostBits, ...known, until: '2026-01-14' };
    const result = applyBaseline(findings, [entry], NOW);
    expect(result.open).toEqual(findings);
    expect(result.accepted).toEqual([]);
    expect(result.expired).toEqual([
      { finding: result.open.find(({ fingerprint }) => fingerprint === hostBits), entry },
    ]);
    expect(result.unmatched).toEqual([]);
  });

  test('holds to the end of the day that it names', () => {
    const onTheDay = { fingerprint: hostBits, ...known, until: '2026-01-15' };
    expect(applyBaseline(findings, [onTheDay], '2026-01-15T23:59:59Z').accepted).toHaveLength(1);
    expect(applyBaseline(findings, [onTheDay], '2026-01-16T00:00:00Z').accepted).toEqual([]);
    const atNoon = { ...onTheDay, until: '2026-01-15T12:00:00Z' };
    expect(applyBaseline(findings, [atNoon], '2026-01-15T11:59:59Z').accepted).toHaveLength(1);
    expect(applyBaseline(findings, [atNoon], '2026-01-15T12:00:00Z').accepted).toEqual([]);
  });

  test('accepts nothing by an end that is no time', () => {
    const entry = { fingerprint: hostBits, ...known, until: 'some day' };
    const { open, expired } = applyBaseline(findings, [entry], NOW);
    expect(open).toEqual(findings);
    expect(expired).toHaveLength(1);
  });

  test('prefers, of two entries for one finding, the one that still holds', () => {
    const past = { fingerprint: hostBits, ...known, until: '2025-01-01' };
    const holding = { rule: 'GSA037', subject: HQ, ...known };
    const result = applyBaseline(findings, [past, holding], NOW);
    expect(result.accepted.map(({ entry }) => entry)).toEqual([holding, holding]);
    expect(result.expired).toEqual([]);
    expect(result.unmatched).toEqual([]);
  });

  test('counts a finding again that has become worse than its entry accepts', () => {
    const [{ severity } = { severity: 'note' }] = findings.filter(({ fingerprint }) => fingerprint === hostBits);
    expect(severity).toBe('note');
    const worse = findings.map((finding) => ({ ...finding, severity: 'error' as const }));
    const asWarning: BaselineEntry = { fingerprint: hostBits, ...known, severity: 'warning' };
    expect(applyBaseline(findings, [asWarning], NOW).accepted).toHaveLength(1);
    const result = applyBaseline(worse, [asWarning], NOW);
    expect([result.accepted, result.expired, result.unmatched]).toEqual([[], [], []]);
    expect(result.open).toEqual(worse);
    expect(result.worse).toEqual([
      { finding: worse.find(({ fingerprint }) => fingerprint === hostBits), entry: asWarning },
    ]);
    const asError: BaselineEntry = { rule: 'GSA037', subject: HQ, ...known, severity: 'error' };
    expect(applyBaseline(worse, [asWarning, asError], NOW).accepted).toHaveLength(2);
  });

  describe('by a name', () => {
    const other = findings.map((finding) => ({
      ...finding,
      subject: { ...finding.subject, id: '00000000-0000-4000-8000-0000000000ff' },
      fingerprint: `${finding.fingerprint}:other`,
    }));
    const byName: BaselineEntry = { rule: 'GSA037', subject: 'Headquarters', ...known };

    test('accepts nothing where several are called so, and says which entry', () => {
      const result = applyBaseline([...findings, ...other], [byName], NOW);
      expect(result.open).toHaveLength(2 * findings.length);
      expect([result.accepted, result.unmatched, result.ambiguous]).toEqual([[], [], [byName]]);
    });

    test('accepts by the id of one of them, even where another one is called by that id', () => {
      const called = other.map((finding) => ({ ...finding, subject: { ...finding.subject, displayName: HQ } }));
      const result = applyBaseline([...findings, ...called], [{ ...byName, subject: HQ }], NOW);
      expect(result.accepted.map(({ finding }) => finding.subject.id)).toEqual([HQ, HQ]);
      expect(result.ambiguous).toEqual([]);
    });
  });

  test('takes no longer for each finding, however many are accepted', () => {
    let read = 0;
    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        ...findings[0],
        get fingerprint() {
          read++;
          return `GSA037:namedLocation:${at}`;
        },
      })) as unknown as typeof findings;
    const readFor = (count: number) => {
      read = 0;
      const entries = Array.from({ length: count }, (_, at) => ({
        fingerprint: `GSA037:namedLocation:${at}`,
        ...known,
      }));
      expect(applyBaseline(many(count), entries, NOW).accepted).toHaveLength(count);
      return read;
    };
    expect(readFor(1000)).toBe(10 * readFor(100));
  });

  test('reports entries that no finding matches', () => {
    const mended = { fingerprint: 'GSA037:namedLocation:gone', ...known };
    const misspelt = { rule: 'GSA037', subject: 'headquarter', ...known };
    expect(applyBaseline(findings, [mended, misspelt], NOW).unmatched).toEqual([mended, misspelt]);
  });

  test('keeps what the caller knows about an entry, such as its line', () => {
    const entry = { fingerprint: 'GSA999:policy:gone', ...known, line: 7 };
    const [unmatched] = applyBaseline([], [entry], NOW).unmatched;
    expect(unmatched?.line).toBe(7);
  });
});
