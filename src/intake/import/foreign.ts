/** What a text is that is not JSON, when it can be told: files that people have at hand where a Graph export belongs. */
export interface Foreign {
  readonly code:
    | 'terraform'
    | 'powershell'
    | 'html'
    | 'xml'
    | 'yaml'
    | 'csv'
    | 'bicep'
    | 'mergeConflict'
    | 'toolMessage'
    | 'notJson';
  readonly message: string;
}

const POWERSHELL =
  /^\s*(Configuration\s+\w+|Import-Module|Import-DscResource|Connect-|New-Mg|param\s*\(|function\s|@\{|\$\w+\s*=|<#|#requires)/im;

/** Tried in order; each looks at the beginning of the text. */
const FORMATS: readonly (Foreign & { readonly test: (start: string, file: string) => boolean })[] = [
  {
    code: 'mergeConflict',
    message: 'holds conflict markers of a merge: resolve them first',
    test: (start) => /^<{7} /m.test(start),
  },
  {
    code: 'toolMessage',
    message:
      'begins with a message of the tool that wrote it: keep its messages out of the file, as with `2>messages.txt`',
    test: (start) => /^\s*(WARNING|INFO|DEBUG|VERBOSE|ERROR): .*\r?\n/.test(start),
  },
  {
    code: 'html',
    message: 'is an HTML page, perhaps a sign-in page saved in place of the export',
    test: (start) => /^\s*(<!doctype html|<html)/i.test(start),
  },
  {
    code: 'xml',
    message:
      'is what `Export-Clixml` writes: give JSON instead, as `Import-Clixml <file> | ConvertTo-Json -Depth 10` makes it',
    test: (start, file) => /\.clixml$/i.test(file) || /^\s*<Objs\b/.test(start),
  },
  {
    code: 'xml',
    message: 'is XML, not a Graph export',
    test: (start, file) => /\.xml$/i.test(file) || /^\s*<(\?xml|[a-z])/i.test(start),
  },
  {
    code: 'terraform',
    message: 'is Terraform configuration: export the policies from Microsoft Graph instead',
    test: (start, file) =>
      /\.(tf|tfvars|hcl)$/i.test(file) ||
      /^\s*((resource|data)\s+"\w+"\s+"[\w-]+"|(terraform|locals)\s*\{|(variable|provider|module|output)\s+"[\w-]+"\s*\{)/m.test(
        start,
      ),
  },
  {
    code: 'powershell',
    message:
      'is PowerShell (a script or Desired State Configuration): export the policies from Microsoft Graph instead',
    test: (start, file) => /\.(ps1|psm1|psd1)$/i.test(file) || POWERSHELL.test(start),
  },
  {
    code: 'powershell',
    message: 'is a compiled Desired State Configuration (MOF): export the policies from Microsoft Graph instead',
    test: (start, file) => /\.mof$/i.test(file) || /^\s*(\/\*[\s\S]*?\*\/\s*)?instance of \w/i.test(start),
  },
  {
    code: 'bicep',
    message: 'is Bicep: export the policies from Microsoft Graph instead',
    test: (start, file) => /\.bicep$/i.test(file) || /^\s*(targetScope|extension)\s/m.test(start),
  },
  {
    code: 'yaml',
    message: 'is YAML: gsa imports the JSON that Microsoft Graph gives',
    test: (start, file) => /\.ya?ml$/i.test(file) || /^\s*(---\s|[\w-]+:(\s|$))/.test(start),
  },
  {
    code: 'csv',
    message: 'is CSV: gsa imports the JSON that Microsoft Graph gives',
    test: (start, file) => /\.csv$/i.test(file) || /^"?[\w .-]+"?([,;]"?[\w .-]+"?)+\r?\n/.test(start),
  },
];

/** The format of a text that JSON readers refuse; `undefined` when it begins like JSON and is merely broken. */
export function foreignFormat(text: string, file: string): Foreign | undefined {
  const start = text.slice(0, 8192);
  if (/^\s*[[{]/.test(start)) return undefined;
  const format = FORMATS.find(({ test }) => test(start, file));
  if (format !== undefined) return { code: format.code, message: format.message };
  // A file that begins with a comment may still be JSON with an error further down.
  if (/^\s*\/[/*]/.test(start)) return undefined;
  return { code: 'notJson', message: 'is not JSON' };
}
