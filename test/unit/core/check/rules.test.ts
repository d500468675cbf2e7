import { describe, expect, test } from 'vitest';
import { checkTenant } from '../../../../src/core/check/check.ts';
import { SEVERITIES } from '../../../../src/core/check/finding.ts';
import { findRule, RULES } from '../../../../src/core/check/rules.ts';
import { SOURCES } from '../../../../src/core/sources/sources.ts';
import { RULE_CASES } from './rule-cases.ts';
import { NOW, tenant } from './tenants.ts';

describe('the rules of gsa check', () => {
  test('ids are unique, three digits, and in order', () => {
    const ids = RULES.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    for (const id of ids) expect(id).toMatch(/^GSA\d{3}$/);
  });

  test('names are unique and in kebab case', () => {
    const names = RULES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
  });

  test('a rule is found by id and by name in any case', () => {
    for (const rule of RULES) {
      expect(findRule(rule.id.toLowerCase())).toBe(rule);
      expect(findRule(rule.name.toUpperCase())).toBe(rule);
    }
    expect(findRule('GSA999')).toBeUndefined();
  });

  test('every rule has cases, and every case has a rule', () => {
    expect(Object.keys(RULE_CASES).sort()).toEqual(RULES.map(({ id }) => id));
  });

  test('no rule has anything to say about a tenant in order', () => {
    expect(checkTenant(tenant(), { now: NOW })).toEqual([]);
  });
});

describe.each(RULES.map((rule) => ({ rule, id: rule.id, name: rule.name })))('$id $name', ({ rule }) => {
  const cases = RULE_CASES[rule.id] ?? [];

  test('has a firing and a silent case', () => {
    expect(cases.some(({ says }) => says.length > 0)).toBe(true);
    expect(cases.some(({ says }) => says.length === 0)).toBe(true);
  });

  test('some case has the severity that the rule declares', () => {
    expect(cases.flatMap(({ says }) => says).some((said) => said.startsWith(rule.severity))).toBe(true);
  });

  test.each(cases)('$name', ({ tenant, options, says }) => {
    const findings = checkTenant(tenant, { now: NOW, ...options }).filter(({ ruleId }) => ruleId === rule.id);
    expect(findings.map(({ severity, pointer }) => `${severity} ${pointer}`)).toEqual(says);
    for (const finding of findings) {
      expect(SEVERITIES.indexOf(finding.severity)).toBeGreaterThanOrEqual(SEVERITIES.indexOf(rule.severity));
      expect(finding.fingerprint.startsWith(`${rule.id}:${finding.subject.kind}:`)).toBe(true);
      expect(finding.message).toMatch(/^[^\n.]/);
      expect(finding.message).not.toMatch(/[.\n]$|\n/);
      expect(finding.message[0]).toBe(finding.message[0]?.toLowerCase());
    }
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
  });

  test('has a page with all its parts, commands to type and known sources', () => {
    const { finds, matters, fix, sources } = rule.page;
    for (const part of [finds, matters, fix, sources]) expect(part.length).toBeGreaterThan(0);
    expect(fix.some(({ command }) => command?.startsWith('gsa '))).toBe(true);
    for (const source of sources) expect(SOURCES).toHaveProperty(source);
    for (const text of [...finds, ...matters, ...fix.map(({ text }) => text)]) expect(text).toMatch(/[.:]$/);
    expect(rule.summary).toMatch(/^[^\n]*[^.\n]$/);
  });
});
