import type { ExportRequest } from '../../core/tenant/export-requests.ts';

/** What people export with. */
export const REQUEST_TOOLS = ['azrest', 'graph-powershell', 'm365', 'curl'] as const;
export type RequestTool = (typeof REQUEST_TOOLS)[number];

/** A script to read, run with one's own sign-in, and delete: it reads from Microsoft Graph and writes files here. */
export function requestScript(tool: RequestTool, requests: readonly ExportRequest[]): string {
  return tool === 'graph-powershell' ? powerShell(requests) : posixShell(SHELLS[tool], requests);
}

interface Shell {
  /** What to know before it is run. */
  readonly notes: readonly string[];
  /** Fetches `$u` into `$f`. */
  readonly fetch: string;
}

const SHELLS: { readonly [tool in Exclude<RequestTool, 'graph-powershell'>]: Shell } = {
  azrest: {
    notes: [
      'Sign in as an application that has the permissions (a personal `az login` gets 403 on policies, whatever its roles are):',
      'az login --service-principal --username APPID --certificate CERTIFICATE.pem --tenant TENANT --allow-no-subscriptions',
      'az rest never follows @odata.nextLink; the loop below does. It needs jq.',
    ],
    fetch: 'az rest --method get --url "$u" --output-file "$f" >/dev/null',
  },
  m365: {
    notes: [
      'Sign in first: m365 login --authType certificate --appId APPID --tenant TENANT --certificateFile CERTIFICATE.pem',
      'm365 request does not page; the loop below does. It needs jq.',
    ],
    fetch: 'm365 request --url "$u" --output json >"$f"',
  },
  curl: {
    notes: ['TOKEN is an access token for https://graph.microsoft.com with the permissions above. It needs jq.'],
    fetch: 'curl --fail --silent --show-error --header "Authorization: Bearer $TOKEN" --output "$f" "$u"',
  },
};

function posixShell({ notes, fetch }: Shell, requests: readonly ExportRequest[]): string {
  const lines = [
    '#!/bin/sh',
    ...headOf(requests),
    ...notes.map((note) => `# ${note}`),
    'set -eu',
    'page() {',
    '  mkdir -p "$(dirname "$1")"',
    '  n=0',
    '  u="https://graph.microsoft.com/$2"',
    '  while [ -n "$u" ]; do',
    '    f="$1.$n.json"',
    `    ${fetch}`,
    `    u=$(jq -r '."@odata.nextLink" // ""' "$f")`,
    '    n=$((n + 1))',
    '  done',
    '}',
    ...requests.flatMap(({ file, url, what }) => [
      `# ${what}`,
      `page '${file}' '${encoded(url).replaceAll("'", "'\\''")}'`,
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function powerShell(requests: readonly ExportRequest[]): string {
  const scopes = permissionsOf(requests).join(',');
  const lines = [
    ...headOf(requests),
    '# It writes the raw responses: ConvertTo-Json cuts objects off at depth 2 and turns names and times into other ones.',
    `Connect-MgGraph -NoWelcome -Scopes ${scopes}`,
    'function Save-Pages($name, $url) {',
    '  New-Item -ItemType Directory -Force -Path (Split-Path -Parent "./$name") | Out-Null',
    '  $n = 0',
    '  while ($url) {',
    '    $file = "./$name.$n.json"',
    '    Invoke-MgGraphRequest -Method GET -Uri $url -OutputFilePath $file',
    "    $url = (Get-Content $file -Raw | ConvertFrom-Json).'@odata.nextLink'",
    '    $n++',
    '  }',
    '}',
    ...requests.flatMap(({ file, url, what }) => [
      `# ${what}`,
      `Save-Pages '${file}' 'https://graph.microsoft.com/${encoded(url).replaceAll("'", "''")}'`,
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function headOf(requests: readonly ExportRequest[]): readonly string[] {
  return [
    '# Exports what `gsa` still lacks of a tenant, from Microsoft Graph into this folder. It reads and changes nothing.',
    `# Permissions: ${permissionsOf(requests).join(', ')}.`,
    '# Then: gsa import . (without the signIns files), and gsa impact signIns.0.json …',
    '# Members of groups are those of this moment; MFA trusted IPs are in no API: gsa tenant set --mfa-trusted-ips.',
  ];
}

function permissionsOf(requests: readonly ExportRequest[]): readonly string[] {
  return [...new Set(requests.map(({ permission }) => permission))].sort();
}

/** Blanks of a filter, which an address has not. */
function encoded(url: string): string {
  return url.replaceAll(' ', '%20');
}
