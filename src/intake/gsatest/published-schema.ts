import { z } from 'zod';
import { publishedFile } from './schema.ts';

/** The JSON Schema that editors use for `*.gsatest.yaml`, out of the schema that the reader itself uses. */
export function publishedSchemaText(): string {
  const schema = z.toJSONSchema(publishedFile, {
    target: 'draft-2020-12',
    io: 'input',
    reused: 'ref',
    unrepresentable: 'any',
  });
  const titled = { title: 'Tests of a tenant, for gsa test', ...schema };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
