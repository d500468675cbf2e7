import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Graph's own declarations, as Microsoft publishes them: types, their members, and what these hold. */

const FILE = createRequire(import.meta.url).resolve('@microsoft/microsoft-graph-types-beta/microsoft-graph.d.ts');

interface Declaration {
  readonly base: string | undefined;
  readonly members: ReadonlyMap<string, string>;
}

const DECLARATIONS = new Map<string, Declaration>();
const NAMED = /export interface (\w+)(?: extends (?:\w+\.)?(\w+))? \{(?:\}|([\s\S]*?)\n\s*\})/g;
const TEXT = readFileSync(FILE, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
for (const [, name = '', base, body = ''] of TEXT.matchAll(NAMED)) {
  const members = [...body.matchAll(/^\s+"?([\w@.]+)"?\?: (.+?);$/gm)].map(([, member = '', type = '']) => {
    return [member, type.replace(/NullableOption<(.*)>/, '$1')] as const;
  });
  if (!DECLARATIONS.has(name)) DECLARATIONS.set(name, { base, members: new Map(members) });
}

/** Members of a type and of those that it extends. Throws for a type that Microsoft does not declare. */
export function declaredMembers(type: string): ReadonlyMap<string, string> {
  const declaration = DECLARATIONS.get(type);
  if (declaration === undefined) throw new Error(`Microsoft Graph declares no type ${type}`);
  const inherited = declaration.base === undefined ? [] : declaredMembers(declaration.base);
  return new Map([...inherited, ...declaration.members]);
}

/** Every place where a value is not as the type declares it: a member that there is not, or a value of another kind. */
export function strayed(value: unknown, type: string, at = ''): readonly string[] {
  const element = /^(.*)\[\]$/.exec(type)?.[1];
  if (element !== undefined) {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((each, index) => strayed(each, element, `${at}/${index}`));
  }
  if (value === null) return [];
  if (['string', 'number', 'boolean'].includes(type)) {
    return typeof value === type ? [] : [`${at} is a ${typeof value}, not a ${type}`];
  }
  if (!DECLARATIONS.has(type)) return typeof value === 'object' ? [`${at} is an object, not ${type}`] : [];
  if (typeof value !== 'object' || Array.isArray(value)) return [`${at} is no ${type}`];
  return strayedMembers(value, type, at);
}

function strayedMembers(value: object, type: string, at: string): readonly string[] {
  const own = '@odata.type' in value ? capitalized(String(value['@odata.type'])) : type;
  const members = declaredMembers(DECLARATIONS.has(own) ? own : type);
  return Object.entries(value).flatMap(([name, member]) => {
    if (name.includes('@')) return [];
    const declared = members.get(name);
    return declared === undefined ? [`${at}/${name} is not declared`] : strayed(member, declared, `${at}/${name}`);
  });
}

/** `#microsoft.graph.ipNamedLocation` is declared as `IpNamedLocation`. */
function capitalized(odataType: string): string {
  const name = odataType.split('.').at(-1) ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
}
