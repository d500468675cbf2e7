import { z } from 'zod';
import type { Certificate } from '../core/certificate/certificate.ts';
import { CERTIFIED_LEVELS } from '../core/certificate/certificate.ts';
import { CHANGE_CLASSES } from '../core/conditional-access/outcome/change.ts';
import { GsaError } from '../trouble/error.ts';
import { readJsonFile } from './json/file.ts';

const STATUS = z.enum(['enabled', 'disabled']);
const POSITIONS = z.array(z.int().nonnegative());

/** The shape of a certificate; what its parts of sign-ins hold is for the evaluator to read, which takes anything. */
const CERTIFICATE = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('certificate'),
  createdDateTime: z.string(),
  question: z.object({
    of: z.array(z.string()),
    with: z.string().nullable(),
    signalingStatusBefore: STATUS,
    signalingStatusAfter: STATUS,
  }),
  columns: z.array(z.looseObject({})),
  levels: z.array(
    z.object({
      name: z.enum(CERTIFIED_LEVELS),
      classes: z.array(z.object({ text: z.string(), part: z.looseObject({}) })),
    }),
  ),
  boxes: z.array(z.object({ sets: z.array(POSITIONS), claims: z.array(z.enum(CHANGE_CLASSES)) })),
});

const WRITTEN_BY = '`gsa impact --all --certificate <file>` writes one';

/** Reads what `gsa impact --all --certificate` wrote. Throws GsaError `invalid` for anything else. */
export async function readCertificateFile(file: string): Promise<Certificate> {
  return certificateOf((await readJsonFile(file, WRITTEN_BY)).value, file);
}

/** @internal The certificate that the value of a file is. */
export function certificateOf(value: unknown, file: string): Certificate {
  const parsed = CERTIFICATE.safeParse(value);
  if (parsed.success) return parsed.data as Certificate;
  const [issue] = parsed.error.issues;
  throw new GsaError('invalid', `\`${file}\` is no certificate`, {
    hint: WRITTEN_BY,
    problems: [{ message: `/${issue?.path.join('/') ?? ''}: ${issue?.message ?? ''}` }],
  });
}
