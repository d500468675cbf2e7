import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BUILT_IN_ROLES, builtInRole } from '../../../../../src/core/tenant/roles/built-in-roles.ts';
import type { Operation } from '../../../../../src/core/tenant/roles/roles.ts';
import {
  leastPrivilegedRole,
  mayDo,
  OPERATION_RULES,
  roleAllowing,
  rolesAllowing,
} from '../../../../../src/core/tenant/roles/roles.ts';

function idOf(name: string): string {
  const role = BUILT_IN_ROLES.find(({ displayName }) => displayName === name);
  if (role === undefined) throw new Error(`${name} is no built-in role`);
  return role.templateId;
}

const namesAllowing = (operation: Operation) => rolesAllowing(operation).map(({ displayName }) => displayName);

describe('built-in roles', () => {
  test('have one id and one name each', () => {
    expect(new Set(BUILT_IN_ROLES.map(({ templateId }) => templateId)).size).toBe(BUILT_IN_ROLES.length);
    expect(new Set(BUILT_IN_ROLES.map(({ displayName }) => displayName)).size).toBe(BUILT_IN_ROLES.length);
    for (const { templateId } of BUILT_IN_ROLES)
      expect(templateId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test.each([
    ['62e90394-69f5-4237-9190-012177145e10', 'Global Administrator'],
    ['194ae4cb-b126-40b2-bd5b-6091b380977d', 'Security Administrator'],
    ['ac434307-12b9-4fa1-a708-88bf58caabc1', 'Global Secure Access Administrator'],
    ['b1be1c3e-b65d-4f19-8427-f6fa0d97feb9', 'Conditional Access Administrator'],
    ['5d6b6bb7-de71-4623-b4af-96380a352509', 'Security Reader'],
    ['F2EF992C-3AFB-46B9-B7CF-A126EE74C451', 'Global Reader'],
    ['4a5d8f65-41da-4de4-8968-e035b65339cf', 'Reports Reader'],
    ['5f2222b1-57c3-48ba-8ad5-d4759f1fde6f', 'Security Operator'],
    ['843318fb-79a6-4168-9e6f-aa9a07481cc4', 'Global Secure Access Log Reader'],
    ['9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', 'Application Administrator'],
  ])('%s is %s', (id, name) => {
    expect(builtInRole(id)?.displayName).toBe(name);
  });

  test('an id that is none is not known', () => {
    expect(builtInRole('d0000000-0000-4000-8000-0000000000aa')).toBeUndefined();
  });
});

describe('who may do what', () => {
  test('every operation is allowed to a Global Administrator and to nobody without a role', () => {
    for (const { operation } of OPERATION_RULES) {
      expect(mayDo([idOf('Global Administrator')], operation)).toBe(true);
      expect(mayDo([], operation)).toBe(false);
    }
  });

  test.each([
    ['signaling.write', 'Global Secure Access Administrator'],
    ['signaling.read', 'Security Reader'],
    ['policy.write', 'Conditional Access Administrator'],
    ['policy.restore', 'Conditional Access Administrator'],
    ['policy.read', 'Security Reader'],
    ['namedLocation.write', 'Conditional Access Administrator'],
    ['signin.read', 'Reports Reader'],
    ['traffic.read', 'Global Secure Access Log Reader'],
    ['audit.read', 'Reports Reader'],
    ['tenant.write', 'Global Administrator'],
  ] as const)('the least privileged role for %s is %s', (operation, name) => {
    expect(leastPrivilegedRole(operation).displayName).toBe(name);
  });

  test('sign-in logs are open to every role that either source names', () => {
    expect(namesAllowing('signin.read')).toEqual([
      'Reports Reader',
      'Security Reader',
      'Security Operator',
      'Global Reader',
      'Global Secure Access Administrator',
      'Security Administrator',
      'Global Administrator',
    ]);
  });

  test('of several roles the least privileged one that allows is used', () => {
    const held = ['Global Administrator', 'Conditional Access Administrator', 'Reports Reader'].map(idOf);
    expect(roleAllowing(held, 'policy.write')?.displayName).toBe('Conditional Access Administrator');
    expect(roleAllowing(held, 'signin.read')?.displayName).toBe('Reports Reader');
    expect(
      roleAllowing(
        held.map((id) => id.toUpperCase()),
        'signaling.write',
      )?.displayName,
    ).toBe('Global Administrator');
    expect(roleAllowing([idOf('Reports Reader')], 'policy.write')).toBeUndefined();
  });

  test('every rule names its source and only real roles', () => {
    for (const { allowed, source } of OPERATION_RULES) {
      expect(allowed.length).toBeGreaterThan(0);
      expect(source).not.toBe('');
    }
  });
});

const KIT = '../../shared/kit/data/roles.json';

interface RoleMatrix {
  readonly roles: readonly string[];
  readonly operations: Readonly<Record<string, { readonly allow: readonly string[] }>>;
  readonly compound: Readonly<
    Record<
      string,
      {
        readonly needs: readonly Operation[];
        readonly allowSingle: readonly string[];
        readonly allowPairs: readonly (readonly string[])[];
        readonly denySingle: readonly string[];
      }
    >
  >;
}

describe.skipIf(!existsSync(KIT))(`the role matrix of ${KIT} (skipped where it is absent)`, () => {
  const { roles, operations, compound }: RoleMatrix = existsSync(KIT)
    ? JSON.parse(readFileSync(KIT, 'utf8'))
    : { roles: [], operations: {}, compound: {} };
  const idsOf = (name: string) => (name === '(none)' ? [] : [idOf(name)]);
  const rules = OPERATION_RULES.map(({ operation }) => operation);
  const cells = Object.entries(operations).flatMap(([name, { allow }]) =>
    rules
      .filter((one) => one === name)
      .flatMap((operation) => roles.map((role) => ({ operation, role, may: allow.includes(role) }))),
  );

  test('has 72 cells', () => {
    expect(cells.length).toBe(72);
  });

  test.each(cells)('$role may $operation: $may', ({ operation, role, may }) => {
    expect(mayDo(idsOf(role), operation)).toBe(may);
  });

  test.each(Object.entries(compound))(
    '%s needs every one of its rights',
    (_, { needs, allowSingle, allowPairs, denySingle }) => {
      const mayAll = (names: readonly string[]) => needs.every((operation) => mayDo(names.flatMap(idsOf), operation));
      for (const name of allowSingle) expect([name, mayAll([name])]).toEqual([name, true]);
      for (const names of allowPairs) expect([names, mayAll(names)]).toEqual([names, true]);
      for (const name of denySingle) expect([name, mayAll([name])]).toEqual([name, false]);
    },
  );
});

const CORPUS = '../../shared/corpus/policies';

describe.skipIf(!existsSync(CORPUS))(`the roles in ${CORPUS} (skipped where it is absent)`, () => {
  test('are all known by their template id', () => {
    const named = new Set<string>();
    for (const file of existsSync(CORPUS) ? readdirSync(CORPUS, { recursive: true, encoding: 'utf8' }) : []) {
      if (!file.endsWith('.json')) continue;
      const bytes = readFileSync(`${CORPUS}/${file}`);
      const text = new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-8').decode(bytes);
      for (const [, list = ''] of text.matchAll(/"(?:in|ex)cludeRoles"\s*:\s*\[([^\]]*)\]/g)) {
        for (const [id] of list.matchAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi)) named.add(id.toLowerCase());
      }
    }
    expect(named.size).toBeGreaterThan(50);
    expect([...named].filter((id) => builtInRole(id) === undefined)).toEqual([]);
  });
});
