import { writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { workplace } from '../../support/in-process.ts';

const RECORD = {
  id: '1',
  createdDateTime: '2026-01-14T09:00:00Z',
  userId: 'a2f1c7de-0000-4000-8000-000000000001',
  userPrincipalName: 'adele.vance@contoso.com',
  appDisplayName: 'Office 365',
  ipAddress: '198.51.100.7',
  status: { errorCode: 0 },
};

/** A server that takes everything, and the statements that it was sent. */
async function takingServer() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void statementOf(request).then((statement) => {
      asked.push(statement);
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function statementOf(request: IncomingMessage): Promise<string> {
  const { searchParams } = new URL(request.url ?? '', 'http://localhost');
  return `${searchParams.get('query') ?? ''}${await text(request)}`;
}

async function contoso() {
  const place = workplace();
  await place.gsa('init');
  const server = await takingServer();
  const load = (records: readonly object[]) => {
    const lines = records.map((record) => `${JSON.stringify(record)}\n`);
    writeFileSync(join(place.folder, 'signins.ndjson'), lines.join(''));
    return place.gsa(`engine clickhouse create --url ${server.url} --table sign_ins signins.ndjson`);
  };
  return { ...place, ...server, load };
}

describe('gsa engine clickhouse create', () => {
  test('loads records that are one sign-in each', async () => {
    const { load, asked } = await contoso();
    expect((await load([RECORD, { ...RECORD, id: '2', signInCount: 1 }])).stdout).toMatch(/2 sign-ins were loaded/);
    expect(asked.filter((statement) => statement.startsWith('INSERT'))).toHaveLength(1);
  });

  test.each([
    ['sign-ins', { signInCount: 40 }],
    ['people', { userCount: 12 }],
    ['people that it names', { userIds: [RECORD.userId, 'a2f1c7de-0000-4000-8000-000000000002'] }],
  ])('refuses a record that stands for many %s, which a table cannot hold', async (_, weight) => {
    const { load, asked } = await contoso();
    const refused = await load([RECORD, { ...RECORD, id: '2', ...weight }]);
    expect(refused.exitCode).toBe(4);
    expect(refused.stderr).toMatch(/these records stand for many sign-ins already/);
    expect(asked.filter((statement) => statement.startsWith('INSERT'))).toEqual([]);
  });
});
