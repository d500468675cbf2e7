import { homedir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { defaultTenantPath, filesOf, tenantPath } from '../../../../src/store/tenant/path.ts';
import { inFolder } from '../../../support/store-samples.ts';

const linux = { platform: 'linux', home: '/home/alex', env: {} } as const;

describe('the default tenant file', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('lies where conf would put it', () =>
    inFolder((folder) => {
      vi.stubEnv('XDG_CONFIG_HOME', folder);
      vi.stubEnv('APPDATA', folder);
      const conf = new Conf({ projectName: 'gsa', projectSuffix: '', configName: 'tenant' });
      const { platform, env } = process;
      // On macOS no variable moves it.
      expect(defaultTenantPath({ platform, home: homedir(), env })).toBe(conf.path);
    }));

  test.each([
    [linux, '/home/alex/.config/gsa/tenant.json'],
    [{ ...linux, env: { XDG_CONFIG_HOME: '/etc/xdg' } }, '/etc/xdg/gsa/tenant.json'],
    [{ ...linux, env: { XDG_CONFIG_HOME: '' } }, '/home/alex/.config/gsa/tenant.json'],
    [
      { ...linux, platform: 'darwin', env: { XDG_CONFIG_HOME: 'x' } } as const,
      '/home/alex/Library/Preferences/gsa/tenant.json',
    ],
  ])('of %j is %s', (surroundings, path) => {
    expect(defaultTenantPath(surroundings)).toBe(path);
  });

  test.each([
    [{ ...linux, home: '' }, 'the home folder is ``, which is not an absolute path'],
    [{ ...linux, home: 'alex' }, 'the home folder is `alex`, which is not an absolute path'],
    [{ ...linux, env: { XDG_CONFIG_HOME: 'config' } }, 'XDG_CONFIG_HOME is `config`, which is not an absolute path'],
  ])('of %j is nowhere, and not in the current folder', (surroundings, message) => {
    const hint = 'name the file with `--tenant <file>`, or in `GSA_TENANT`';
    expect(() => defaultTenantPath(surroundings)).toThrow(expect.objectContaining({ kind: 'invalid', message, hint }));
  });
});

test.each(['', 'tenant\0.json'])('%j is no file name', (typed) => {
  expect(() => tenantPath(typed)).toThrow(expect.objectContaining({ kind: 'usage' }));
});

test('two tenants whose names differ by `.json` share no file', () => {
  const [one, other] = [filesOf('/gsa/contoso'), filesOf('/gsa/contoso.json')].map(({ folder: _, ...files }) => files);
  expect(Object.values(one ?? {}).filter((file) => Object.values(other ?? {}).includes(file))).toEqual([]);
});

test('all files of a tenant lie beside it, under its name', () =>
  inFolder((folder) => {
    const names = Object.values(filesOf(join(folder, 'contoso.json'))).map((path) => path.slice(folder.length));
    expect(names).toEqual([
      '/contoso.json',
      '',
      '/contoso.json.lock',
      '/contoso.json.lock.holder',
      '/contoso.json.backups',
      '/contoso.json.audit.ndjson',
      '/contoso.json.denied.ndjson',
      '/contoso.signins.db',
      '/contoso.json.log-anchor',
    ]);
  }));
