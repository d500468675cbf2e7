import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Certificate } from '../../src/core/certificate/certificate.ts';
import type { CertificateReport } from '../../src/output/reports/proof/certificate.ts';
import { workplace } from '../support/in-process.ts';

async function certified(question = '') {
  const place = workplace();
  await place.gsa('init');
  expect((await place.gsa(`impact --all${question} --certificate proof.json`)).exitCode).toBe(0);
  const path = join(place.folder, 'proof.json');
  const checked = async (change: (certificate: Certificate) => object = (one) => one) => {
    writeFileSync(join(place.folder, 'changed.json'), JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))));
    const run = await place.gsa('check certificate changed.json -o json');
    return { exitCode: run.exitCode, report: run.json() as unknown as CertificateReport };
  };
  return { ...place, checked };
}

const kinds = ({ value }: CertificateReport) => [...new Set(value.map(({ kind }) => kind))];

describe('gsa check certificate', () => {
  test('judges every box anew, and holds what was proved', async () => {
    const { checked } = await certified();
    const { exitCode, report } = await checked();
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({ holds: true, value: [] });
    expect(report.judged).toBeGreaterThan(report.boxes);
  });

  test('notices a claim that is turned, in every box', async () => {
    const { checked } = await certified();
    const { report } = await checked();
    for (let at = 0; at < report.boxes; at += 7) {
      const turned = await checked(({ boxes, ...rest }) => ({
        ...rest,
        boxes: boxes.map((box, position) =>
          position === at
            ? { ...box, claims: box.claims.map((claim) => (claim === 'unchanged' ? 'newlyBlocked' : 'unchanged')) }
            : box,
        ),
      }));
      expect([turned.exitCode, kinds(turned.report)]).toEqual([1, ['claim']]);
    }
  });

  test('notices a box that is left out, and one that is there twice', async () => {
    const { checked } = await certified();
    const less = await checked(({ boxes, ...rest }) => ({ ...rest, boxes: boxes.slice(1) }));
    expect([less.exitCode, kinds(less.report)]).toEqual([1, ['cover']]);
    const twice = await checked(({ boxes, ...rest }) => ({ ...rest, boxes: [...boxes, ...boxes.slice(0, 1)] }));
    expect([twice.exitCode, kinds(twice.report)]).toEqual([1, ['cover']]);
  });

  test('notices a class of people, of places or of clients that is left out with its boxes', async () => {
    const { checked } = await certified();
    for (const name of ['who', 'what', 'client', 'where']) {
      const less = await checked(({ levels, boxes, ...rest }) => {
        const level = levels.findIndex((one) => one.name === name);
        const gone = (levels[level]?.classes.length ?? 0) - 1;
        return {
          ...rest,
          levels: levels.map((one, at) => (at === level ? { ...one, classes: one.classes.slice(0, -1) } : one)),
          boxes: boxes.flatMap((box) => {
            const set = (box.sets[level] ?? []).filter((at) => at !== gone);
            return set.length === 0 ? [] : [{ ...box, sets: box.sets.with(level, set) }];
          }),
        };
      });
      expect([name, less.exitCode, kinds(less.report)]).toEqual([name, 1, ['classes']]);
    }
  });

  test('notices that what some sessions have proven is left out, with its claims', async () => {
    const { checked } = await certified();
    const { exitCode, report } = await checked(({ columns, boxes, ...rest }) => ({
      ...rest,
      columns: columns.slice(1),
      boxes: boxes.map(({ claims, ...box }) => ({ ...box, claims: claims.slice(1) })),
    }));
    expect([exitCode, kinds(report)]).toEqual([1, ['classes']]);
  });

  test('does not hold once the tenant has changed', async () => {
    const { gsa, checked } = await certified();
    await gsa(['policy', 'set-state', 'CA003 Block Finance outside trusted locations', 'disabled', '--yes']);
    expect((await checked()).exitCode).toBe(1);
  });

  test('holds of a policy edit, and of an answer that nothing changes', async () => {
    expect((await (await certified(' --of signaling=enabled')).checked()).report).toMatchObject({
      holds: true,
      boxes: 1,
    });
    const place = workplace();
    await place.gsa('init');
    await place.gsa([
      'impact',
      '--all',
      '--of',
      'policy:CA001 Require MFA for administrators=disabled',
      '--certificate',
      'edit.json',
    ]);
    expect((await place.gsa('check certificate edit.json')).exitCode).toBe(0);
  });

  test('refuses what is no certificate', async () => {
    const { gsa, folder } = await certified();
    writeFileSync(join(folder, 'other.json'), '{"schemaVersion":1}');
    expect((await gsa('check certificate other.json')).exitCode).toBe(4);
    expect((await gsa('impact --all --user joni.sherman@contoso.com --certificate part.json')).exitCode).toBe(2);
  });
});
