import { exportRequests } from '../../core/tenant/export-requests.ts';
import { emptyTenant } from '../../core/tenant/sample/sample.ts';
import { REQUEST_TOOLS, requestScript } from './request-script.ts';

/** What an export of a tenant is made of, for a person who has none yet: the page docs/exporting.md. */
export function exportingPage(): string {
  const requests = exportRequests(emptyTenant({ displayName: 'Yours', now: '2026-01-01T00:00:00Z' }));
  const rows = requests.map(({ what, url, permission }) => `| ${what} | \`GET ${escaped(url)}\` | ${permission} |`);
  const scripts = REQUEST_TOOLS.map((tool) => {
    const language = tool === 'graph-powershell' ? 'powershell' : 'sh';
    return `## ${tool}\n\n\`\`\`${language}\n${requestScript(tool, requests)}\`\`\`\n`;
  });
  return `# Exporting a tenant

\`gsa\` talks to no tenant. \`gsa import --requests\` prints the read-only commands that export what a tenant still lacks: to
read, to run with your own sign-in, and to delete. Once policies are imported it names the groups whose members they ask for,
and puts first what most of them hang on. This page shows what it prints where nothing is known yet.

| what | request | least permission |
|---|---|---|
${rows.join('\n')}
| members of the groups that policies name, or that hold a role which they name | \`GET v1.0/groups/{id}/transitiveMembers?$select=id\` | GroupMember.Read.All |

A person who reads them needs the role Global Reader or Security Reader besides. The MFA trusted IPs are in no API:
\`gsa tenant set --mfa-trusted-ips\`. \`$expand=members\` would end at twenty members, so it is never used.

${scripts.join('\n')}`;
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}
