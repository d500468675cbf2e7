import type { WhatIfRequest } from '../core/conditional-access/what-if/request.ts';
import { FACT_MEMBERS } from '../core/conditional-access/what-if/request.ts';
import { GsaError } from '../trouble/error.ts';
import type { JsonDocument } from './json/document.ts';
import { readJsonFile } from './json/file.ts';
import { isJsonObject } from './json/value.ts';

/**
 * A body of Graph's `POST /identity/conditionalAccess/evaluate` (G-EVAL). Members that are not known are left alone; known
 * ones of a wrong type are GsaError `invalid`, with their place.
 */
export async function readWhatIfFile(file: string): Promise<WhatIfRequest> {
  return whatIfRequestOf(await readJsonFile(file), file);
}

/** {@link readWhatIfFile}, of a body that was read already; `file` is what messages call it. */
export function whatIfRequestOf(document: JsonDocument, file: string): WhatIfRequest {
  const body = objectAt(document, file, '', document.value) ?? {};
  const member = (name: string) => objectAt(document, file, `/${name}`, body[name]);
  const { appliedPoliciesOnly } = body;
  if (appliedPoliciesOnly !== undefined && appliedPoliciesOnly !== null && typeof appliedPoliciesOnly !== 'boolean') {
    throw wrong(document, file, '/appliedPoliciesOnly', 'true or false');
  }
  const [identity, context, conditions] = [
    member('signInIdentity'),
    member('signInContext'),
    member('signInConditions'),
  ];
  if (identity === undefined) throw wrong(document, file, '/signInIdentity', 'an object');
  return {
    signInIdentity: {
      '@odata.type': textAt(document, file, '/signInIdentity', identity, '@odata.type') ?? '',
      ...texts(document, file, '/signInIdentity', identity, [
        'userId',
        'externalTenantId',
        'externalUserType',
        'servicePrincipalId',
      ]),
    },
    signInContext:
      context === undefined
        ? null
        : {
            ...texts(document, file, '/signInContext', context, ['userAction', 'authenticationContextValue']),
            includeApplications: textList(
              document,
              file,
              '/signInContext/includeApplications',
              context['includeApplications'],
            ),
          },
    signInConditions: {
      ...texts(document, file, '/signInConditions', conditions ?? {}, ['ipAddress', 'country', ...FACT_MEMBERS]),
      deviceInfo: objectAt(document, file, '/signInConditions/deviceInfo', conditions?.['deviceInfo']) ?? null,
      authenticationFlow: texts(
        document,
        file,
        '/signInConditions/authenticationFlow',
        objectAt(document, file, '/signInConditions/authenticationFlow', conditions?.['authenticationFlow']) ?? {},
        ['transferMethod'],
      ),
    },
    ...(typeof appliedPoliciesOnly === 'boolean' ? { appliedPoliciesOnly } : {}),
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

function objectAt(document: JsonDocument, file: string, pointer: string, value: unknown): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isJsonObject(value)) throw wrong(document, file, pointer, 'an object');
  return value;
}

function texts(document: JsonDocument, file: string, pointer: string, object: JsonObject, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, textAt(document, file, pointer, object, name) ?? null]));
}

function textAt(
  document: JsonDocument,
  file: string,
  pointer: string,
  object: JsonObject,
  name: string,
): string | undefined {
  const value = object[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw wrong(document, file, `${pointer}/${name}`, 'text');
  return value;
}

function textList(document: JsonDocument, file: string, pointer: string, value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw wrong(document, file, pointer, 'a list of text');
  return value;
}

function wrong(document: JsonDocument, file: string, pointer: string, wanted: string): GsaError {
  const message = `\`${pointer === '' ? '/' : pointer}\` is not ${wanted}`;
  return new GsaError('invalid', `\`${file}\` is no body of Graph’s evaluate: ${message}`, {
    hint: 'it has signInIdentity, signInContext and signInConditions, as POST /identity/conditionalAccess/evaluate takes them',
    problems: [{ file, ...document.positionOf(pointer), path: pointer, message }],
  });
}
