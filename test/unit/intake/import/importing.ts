import { combine } from '../../../../src/intake/import/combine.ts';
import { readFileContents } from '../../../../src/intake/import/file.ts';
import type { ImportKind } from '../../../../src/intake/import/item.ts';
import type { ImportedFiles } from '../../../../src/intake/types.ts';

export interface Given {
  readonly kind?: ImportKind;
  readonly knownIds?: Iterable<string>;
  /** Whether the files were named, or found in a folder. */
  readonly isNamed?: boolean;
}

/** Imports files that exist only in the test: name → bytes, text, or a value to be written as JSON. */
export function importing(files: Readonly<Record<string, unknown>>, given: Given = {}): ImportedFiles {
  const { kind = 'auto', knownIds = [], isNamed = true } = given;
  const contents = Object.entries(files).map(([file, content]) =>
    readFileContents({ file, isNamed }, bytesOf(content), { kind }),
  );
  return combine(contents, knownIds);
}

function bytesOf(content: unknown): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content, undefined, 1));
}

/** The problems as lines: severity, code, place and message. */
export function linesOf({ problems }: ImportedFiles): string[] {
  return problems.map(({ severity, code, message, place }) => {
    const at = place.line === undefined ? place.file : `${place.file}:${place.line}:${place.column}`;
    return `${severity} ${code} ${at}${place.pointer === undefined ? '' : ` ${place.pointer}`} ${message}`;
  });
}

export const GUID = (digit: number) => `${String(digit).repeat(8)}-1111-4111-8111-111111111111`;

/** A policy that gives no reason for any remark. */
export const POLICY = {
  id: GUID(1),
  displayName: 'Require MFA',
  state: 'enabled',
  conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
  grantControls: { operator: 'OR', builtInControls: ['mfa'] },
};

/** A named location that gives no reason for any remark. */
export const LOCATION = {
  '@odata.type': '#microsoft.graph.ipNamedLocation',
  id: GUID(2),
  displayName: 'Headquarters',
  isTrusted: true,
  ipRanges: [{ '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '203.0.113.0/24' }],
};
