import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { HOSTS, LOOPBACK } from './hosts.ts';

/** A certificate for one run. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** The certificate alone, for clients to trust in one shell: readable by its owner only. */
  readonly path: string;
  remove(): Promise<void>;
}

const ONE_DAY = 86_400_000;

/**
 * Makes a certificate that can do nothing but be this server for a day: it signs no other, and its key is never written
 * anywhere. The folder goes with it. It must not be trusted by a whole machine all the same, for it bears names of Microsoft's hosts.
 */
export async function makeCertificate(now: Date, folder: string): Promise<Certificate> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'gsa simulation, do not trust' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - ONE_DAY),
    notAfterDate: new Date(now.getTime() + ONE_DAY),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...HOSTS.map((value) => ({ type: 2 as const, value })),
          ...LOOPBACK.map((name) =>
            /^\d/.test(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
          ),
        ],
      },
    ],
  });
  const path = join(folder, 'simulated.pem');
  await writeFile(path, cert, { mode: 0o600, flag: 'wx' });
  return { cert, key, path, remove: () => rm(folder, { recursive: true, force: true }) };
}
