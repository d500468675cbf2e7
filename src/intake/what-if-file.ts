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
  return whatIfRequestOf(await readJsonFile(file, 'name a file with the body of the request'), file);
}

/** {@link readWhatIfFile}, of a body that was read already; `file` is what messages call it. */
export function whatIfRequestOf(document: JsonDocument, file: string): WhatIfRequest {
  const body = new Part(document, file, '', document.value);
  const identity = body.member('signInIdentity');
  const context = body.member('signInContext');
  const conditions = body.member('signInConditions');
  const flow = conditions.member('authenticationFlow');
  const appliedPoliciesOnly = body.truth('appliedPoliciesOnly');
  if (identity.object === undefined) throw identity.wrong('an object');
  return {
    signInIdentity: {
      '@odata.type': identity.text('@odata.type') ?? '',
      ...identity.texts(['userId', 'externalTenantId', 'externalUserType', 'servicePrincipalId']),
    },
    signInContext:
      context.object === undefined
        ? null
        : {
            ...context.texts(['userAction', 'authenticationContextValue']),
            includeApplications: context.textList('includeApplications'),
          },
    signInConditions: {
      ...conditions.texts(['ipAddress', 'country', ...FACT_MEMBERS]),
      deviceInfo: conditions.member('deviceInfo').object ?? null,
      authenticationFlow: flow.texts(['transferMethod']),
    },
    ...(appliedPoliciesOnly === undefined ? {} : { appliedPoliciesOnly }),
  };
}

/** An object of the body, or nothing where it is absent or `null`; a member of a wrong type is told with its place. */
class Part {
  readonly object: Readonly<Record<string, unknown>> | undefined;
  readonly #document: JsonDocument;
  readonly #file: string;
  readonly #pointer: string;

  constructor(document: JsonDocument, file: string, pointer: string, value: unknown) {
    this.#document = document;
    this.#file = file;
    this.#pointer = pointer;
    if (value === undefined || value === null) return;
    if (!isJsonObject(value)) throw this.wrong('an object');
    this.object = value;
  }

  member(name: string): Part {
    return new Part(this.#document, this.#file, `${this.#pointer}/${name}`, this.object?.[name]);
  }

  texts(names: readonly string[]): Readonly<Record<string, string | null>> {
    return Object.fromEntries(names.map((name) => [name, this.text(name) ?? null]));
  }

  text(name: string): string | undefined {
    const value = this.object?.[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw this.wrong('text', name);
    return value;
  }

  textList(name: string): readonly string[] {
    const value = this.object?.[name];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
      throw this.wrong('a list of text', name);
    return value;
  }

  truth(name: string): boolean | undefined {
    const value = this.object?.[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'boolean') throw this.wrong('true or false', name);
    return value;
  }

  /** GsaError `invalid` with the place of the object, or of a member of it. */
  wrong(wanted: string, member?: string): GsaError {
    const pointer = member === undefined ? this.#pointer : `${this.#pointer}/${member}`;
    const message = `\`${pointer === '' ? '/' : pointer}\` is not ${wanted}`;
    return new GsaError('invalid', `\`${this.#file}\` is no body of Graph’s evaluate: ${message}`, {
      hint: 'it has signInIdentity, signInContext and signInConditions, as POST /identity/conditionalAccess/evaluate takes them',
      problems: [{ file: this.#file, ...this.#document.positionOf(pointer), path: pointer, message }],
    });
  }
}
