/**
 * A document behind a rule. docs/fidelity.md, the rules and the comments of the code cite it by its key; docs/sources.md lists
 * all.
 */
export interface Source {
  /** What the document is. */
  readonly title: string;
  /** Repository and path, or the site and the page. */
  readonly address: string;
  /** The date that the text gives itself, where it gives one. */
  readonly date?: string;
  /** What of it was read: `commit …` names the very text in the repository. */
  readonly read: string;
}

const PAGE = 'the page';

/** A page of the Microsoft Entra documentation. */
function entra(path: string, title: string, read: string = PAGE, date?: string): Source {
  return { title, address: `MicrosoftDocs/entra-docs, docs/${path}`, ...(date !== undefined && { date }), read };
}

const gsa = (page: string, title: string, read?: string, date?: string): Source =>
  entra(`global-secure-access/${page}`, title, read, date);

const conditionalAccess = (page: string, title: string, read?: string, date?: string): Source =>
  entra(`identity/conditional-access/${page}`, title, read, date);

/** A page of the Microsoft Graph reference. */
function graph(path: string, title: string, read: string, date?: string): Source {
  const address = `microsoftgraph/microsoft-graph-docs-contrib, api-reference/${path}`;
  return { title, address, ...(date !== undefined && { date }), read };
}

const rfc = (number: number, title: string): Source => ({
  title,
  address: `rfc-editor.org, rfc/rfc${number}`,
  read: 'the sections that the citing places name',
});

export const SOURCES = {
  // Global Secure Access
  SEED: gsa(
    'how-to-source-ip-restoration.md',
    'Source IP restoration: the text that this project follows where others disagree',
    PAGE,
    '2025-09 to 2026-06',
  ),
  'SIR-2023': gsa(
    'how-to-source-ip-restoration.md',
    'Source IP restoration, private preview',
    'the draft of the preview',
    '2023-05-23',
  ),
  'SIR-2024': gsa('how-to-source-ip-restoration.md', 'Source IP restoration', 'commit 0b1bd45e', '2024-05-09'),
  'SIR-2025': gsa('how-to-source-ip-restoration.md', 'Source IP restoration', 'commit 03589cb8', '2025-09-30'),
  'SIR-2026': gsa('how-to-source-ip-restoration.md', 'Source IP restoration', 'a mirror of the page', '2026-06'),
  PR2011: {
    title: 'The change that gave the page on source IP restoration its text of 2026',
    address: 'MicrosoftDocs/entra-docs, pull request 2011',
    date: '2026-06-19',
    read: 'the pull request',
  },
  'TUT-INTRO': gsa(
    'tutorial-microsoft-traffic-introduction.md',
    'Tutorial on Microsoft traffic: introduction',
    PAGE,
    '2026-06-22',
  ),
  'TUT-SIR': gsa(
    'tutorial-microsoft-traffic-source-ip-restoration.md',
    'Tutorial on Microsoft traffic: source IP restoration',
    'commit 290f92ef',
    '2026-06-22',
  ),
  'TUT-CN': gsa(
    'tutorial-microsoft-traffic-compliant-network.md',
    'Tutorial on Microsoft traffic: compliant network',
    'commit 49feff33',
    '2026-06-22',
  ),
  CN: gsa('how-to-compliant-network.md', 'Compliant network check', 'commit 0563131b', '2024-12-23'),
  LIM: gsa('reference-current-known-limitations.md', 'Known limitations', 'a mirror of the page', '2026-09-29'),
  'D-GSALIM': gsa('reference-current-known-limitations.md', 'Known limitations', 'commit 00316808', '2025-03-12'),
  POP: gsa('reference-points-of-presence.md', 'Points of presence and address ranges', PAGE, '2026-03-13'),
  FWD: gsa('concept-traffic-forwarding.md', 'Traffic forwarding profiles', PAGE, '2026-01-12'),
  MSP: gsa('concept-microsoft-traffic-profile.md', 'Microsoft traffic profile'),
  OPS: gsa('how-to-operate-microsoft-traffic.md', 'Operating and monitoring Microsoft traffic', 'commit 2b90cdf9'),
  BREAK: gsa(
    'scripts/powershell-break-glass.md',
    'Script that takes Global Secure Access out of the way in an emergency',
    PAGE,
    '2026-03-16',
  ),
  REMOTE: gsa('concept-remote-network-connectivity.md', 'Remote network connectivity', PAGE, '2026-04-15'),
  OVW: gsa('overview-what-is-global-secure-access.md', 'What is Global Secure Access?', PAGE, '2026-04-15'),
  ANCHOR: gsa('source-ip-anchoring.md', 'Source IP anchoring', PAGE, '2026-02-21'),
  EXT: gsa('concept-external-user-access.md', 'External user access', PAGE, '2026-04-09'),
  RBAC: gsa('reference-role-based-permissions.md', 'Roles and permissions', PAGE, '2026-03-13'),
  RRC: gsa('reference-resources-change.md', 'Ids of the resources of Global Secure Access', PAGE, '2024-06-26'),
  WIN: gsa('how-to-install-windows-client.md', 'The client for Windows', PAGE, '2026-02-02'),
  'GH-DNS': {
    title: "Synthetic addresses of the client's DNS proxy",
    address: 'MicrosoftDocs/entra-docs, pull request 1432',
    read: 'the pull request, and reports of users',
  },
  ZTA: {
    title: 'Zero Trust Assessment: tests 25370, 25379, 25380 and the sample report',
    address: 'microsoft/zerotrustassessment, src/powershell/tests',
    date: '2026-08-01',
    read: 'commit 83a87007',
  },
  CIPP: {
    title:
      'CIPP, a tool that manages many tenants: how it posts the compliant network location, and its rows of policies',
    address: 'KelvinTegelaar/CIPP-API',
    read: 'the functions on Conditional Access',
  },

  // Conditional Access
  'D-POL': conditionalAccess('concept-conditional-access-policies.md', 'Building a policy', 'commit 4a4c628c'),
  'D-NET': conditionalAccess('concept-assignment-network.md', 'Network condition', 'commit d2bf0920'),
  NET: conditionalAccess('concept-assignment-network.md', 'Network condition', PAGE, '2026-04-01'),
  'D-LOCOLD': conditionalAccess('location-condition.md', 'Location condition, older text', 'commit 15730cf6'),
  'D-COND': conditionalAccess('concept-conditional-access-conditions.md', 'Conditions', 'commit 30d76f42'),
  'D-GRANT': conditionalAccess(
    'concept-conditional-access-grant.md',
    'Grant controls',
    'commit 0270f28c',
    '2026-03-24',
  ),
  'D-USERS': conditionalAccess('concept-conditional-access-users-groups.md', 'Users and groups', 'commit 92e79596'),
  'D-APPS': conditionalAccess(
    'concept-conditional-access-cloud-apps.md',
    'Target resources',
    'commit 031fba82',
    '2026-01-26',
  ),
  'D-BASE': conditionalAccess(
    'concept-enforcement-resource-exclusions.md',
    'Enforcement of policies with resource exclusions',
    'commit 1c2765a8',
    '2026-05-27',
  ),
  'D-O365': conditionalAccess(
    'reference-office-365-application-contents.md',
    'Applications of the Office 365 suite',
    'commit 0325f22a',
  ),
  'D-RO': conditionalAccess('concept-conditional-access-report-only.md', 'Report-only mode', 'commit 00f0c0f5'),
  'D-DEVF': conditionalAccess('concept-condition-filters-for-devices.md', 'Filter for devices', 'commit 072a23a6'),
  'D-APPF': conditionalAccess('concept-filter-for-applications.md', 'Filter for applications', 'commit 03e998d3'),
  'D-FLOW': conditionalAccess('concept-authentication-flows.md', 'Authentication flows', 'commit 01051e37'),
  'D-WHATIF': conditionalAccess('what-if-tool.md', 'What If tool', 'commit 105f3283', '2025-04-28'),
  'D-WI': conditionalAccess('workload-identity.md', 'Workload identities', 'commit 03376f16', '2026-03-24'),
  'D-PLAN': conditionalAccess('plan-conditional-access.md', 'Planning a deployment', 'commit 012430dd', '2025-09-05'),
  'D-TRB': conditionalAccess('troubleshoot-conditional-access.md', 'Troubleshooting', 'commit 07cd7acd', '2025-03-04'),
  'D-CAE': conditionalAccess(
    'concept-continuous-access-evaluation.md',
    'Continuous access evaluation',
    'commit 016d85be',
    '2025-07-22',
  ),
  CAE: conditionalAccess('concept-continuous-access-evaluation.md', 'Continuous access evaluation', PAGE, '2026-04-08'),
  'D-STRICT': conditionalAccess(
    'concept-continuous-access-evaluation-strict-enforcement.md',
    'Strict location enforcement',
    'commit 0dd0a1d6',
  ),
  STRICT: conditionalAccess(
    'concept-continuous-access-evaluation-strict-enforcement.md',
    'Strict location enforcement',
    PAGE,
    '2026-03-24',
  ),
  APPROVED: conditionalAccess(
    'migrate-approved-client-app.md',
    'Leaving the approved client app control',
    PAGE,
    '2026-05-29',
  ),
  SVCDEP: conditionalAccess('service-dependencies.md', 'Service dependencies', PAGE, '2026-05-12'),
  TP: conditionalAccess('concept-token-protection.md', 'Token protection', PAGE, '2025-08 and 2026-08-14'),
  DEVC: conditionalAccess('policy-all-users-device-compliance.md', 'Policy that requires a compliant device'),
  AGENT: conditionalAccess(
    'agent-id.md, howto-target-agent-identities.md',
    'Conditional Access for agents',
    PAGE,
    '2026-07-31',
  ),
  'AGENT-AUTO': conditionalAccess('policy-autonomous-agents.md', 'Policy for autonomous agents', PAGE, '2026-07-31'),
  'AGENT-USER': conditionalAccess('policy-agent-user.md', 'Policy for user accounts of agents', PAGE, '2026-07-31'),
  'AGENT-OFF': entra('agent-id/disable-agent-identities.md', 'Disabling agent identities', PAGE, '2026-04-27'),
  'D-REG': conditionalAccess(
    'policy-all-users-security-info-registration.md',
    'Policy for registering security information',
    'commit 045eaeb4',
  ),
  'D-EXCL': entra('includes/entra-policy-exclude-user.md', 'Whom to exclude from policies', 'commit 1e3740ee'),
  'D-DYN': entra('identity/users/groups-dynamic-membership.md', 'Rules of dynamic groups', 'commit 05db475e'),
  'D-STR': entra(
    'identity/authentication/concept-authentication-strength-how-it-works.md',
    'How authentication strengths work',
    'commit 07cd7acd',
    '2025-03-17',
  ),
  'D-STRS': entra(
    'identity/authentication/concept-authentication-strengths.md',
    'Authentication strengths and their combinations',
    'commit b5d7a678',
    '2025-03-04',
  ),
  'D-DEVREG': conditionalAccess(
    'policy-all-users-device-registration.md',
    'Policy for registering devices: external authentication methods meet no strength',
    'commit 19cc3f7a',
    '2025-04-01',
  ),
  'D-MFATIP': entra('identity/authentication/howto-mfa-mfasettings.md', 'MFA settings, trusted IPs', 'commit 0bf49dad'),
  MANAGED: conditionalAccess('managed-policies.md', 'Microsoft-managed policies', PAGE),
  UCAE: entra(
    'global-secure-access/concept-universal-continuous-access-evaluation.md',
    'Universal continuous access evaluation',
    PAGE,
    '2026-09-16',
  ),
  MMFA: entra(
    'identity/authentication/concept-mandatory-multifactor-authentication.md',
    'Mandatory multifactor authentication',
  ),
  'D-B2B': entra(
    'external-id/authentication-conditional-access.md',
    'Conditional Access for guests',
    'commit 07cd7acd',
  ),
  'D-ERR': entra('identity-platform/reference-error-codes.md', 'Error codes', 'commit 04f65548'),
  'D-LOGD': entra(
    'identity/monitoring-health/concept-sign-in-log-activity-details.md',
    'Details of the sign-in log',
    'commit 029a7801',
  ),
  'D-DOWNLOAD': entra('identity/monitoring-health/howto-download-logs.md', 'Downloading the logs'),
  'D-LATENCY': {
    title: 'Latency of sign-in logs: 95 percent within two minutes, 99 percent within five',
    address: 'docs.microsoft.com, reference-reports-latencies (retired)',
    read: 'excerpts; the page of today gives no figure',
  },
  'D-RETENTION': entra(
    'identity/monitoring-health/reference-reports-data-retention.md',
    'How long reports are kept',
    PAGE,
    '2026-01-06',
  ),
  'D-AUDIT': entra(
    'identity/monitoring-health/how-to-access-audit-logs.md',
    'Access to the audit logs',
    'commit 003f1aad',
  ),
  'D-ACTIVITIES': entra(
    'identity/monitoring-health/reference-audit-activities.md',
    'Activities of the audit log',
    'commit 092dd5c1',
    '2024-04',
  ),
  'D-RISK': entra(
    'id-protection/howto-identity-protection-configure-risk-policies.md',
    'Risk policies',
    'commit 03ffb81c',
  ),
  'D-ROLES': entra('identity/role-based-access-control/permissions-reference.md', 'Built-in roles', PAGE, '2026-01-20'),
  RECOVER: entra('architecture/recover-from-deletions.md', 'Recovering from deletions', PAGE, '2026-05-06'),
  'D-IPV6': {
    title: 'IPv6 in Microsoft Entra',
    address: 'learn.microsoft.com, troubleshoot/azure/active-directory/azure-ad-ipv6-support',
    read: 'excerpts',
  },
  'GH-PRIVATE': {
    title: 'Private ranges in named locations',
    address: 'MicrosoftDocs/azure-docs, pull request 107223',
    date: '2023-03',
    read: 'the pull request',
  },
  'JP-BLOG': {
    title: 'Basics of Conditional Access, by the Japanese identity support team of Microsoft',
    address: 'jpazureid/blog, articles/azure-active-directory/conditional-access-basic.md',
    read: PAGE,
  },

  // Microsoft Graph
  GDOC: {
    title: 'Microsoft Graph reference, beta; the citing place names the page',
    address: 'microsoftgraph/microsoft-graph-docs-contrib, api-reference/beta',
    read: 'the pages that are named',
  },
  'G-USERS': graph('v1.0/resources/conditionalaccessusers.md', 'conditionalAccessUsers', 'commit 015a1549'),
  'G-APPS': graph(
    'v1.0/resources/conditionalaccessapplications.md',
    'conditionalAccessApplications',
    'commit 00a4ab24',
  ),
  'G-COND': graph(
    'v1.0/resources/conditionalaccessconditionset.md',
    'conditionalAccessConditionSet',
    'commit 0713c450',
  ),
  'G-LOC': graph('beta/resources/conditionalaccesslocations.md', 'conditionalAccessLocations', 'commit 0e882c0b'),
  'G-CNL': graph('v1.0/resources/countrynamedlocation.md', 'countryNamedLocation', 'commit 0713c450'),
  'G-CNNL': graph(
    'beta/resources/compliantnetworknamedlocation.md',
    'compliantNetworkNamedLocation',
    'commit 1b1d83e6',
  ),
  'G-NLPOST': graph('v1.0/api/conditionalaccessroot-post-namedlocations.md', 'Create namedLocation', 'commit 02b4cba0'),
  'G-EVAL': graph('beta/api/conditionalaccessroot-evaluate.md', 'Evaluate (What If)', 'commit 10604e6c', '2025-03-21'),
  'D-APPLIED': graph(
    'beta/resources/appliedconditionalaccesspolicy.md',
    'appliedConditionalAccessPolicy',
    'commit 01746a3b',
  ),
  'G-INBOUND': graph(
    'v1.0/resources/crosstenantaccesspolicyinboundtrust.md',
    'crossTenantAccessPolicyInboundTrust',
    PAGE,
  ),
  'G-SECDEF': graph(
    'v1.0/resources/identitysecuritydefaultsenforcementpolicy.md',
    'identitySecurityDefaultsEnforcementPolicy',
    PAGE,
  ),
  'G-PERUSER': graph(
    'beta/resources/strongauthenticationrequirements.md',
    'strongAuthenticationRequirements (beta)',
    PAGE,
  ),
  'G-AGENT': {
    title: 'agentSignIn (beta)',
    address: 'learn.microsoft.com, graph/api/resources/agentic-agentsignin',
    read: PAGE,
  },
  META: {
    title: 'Metadata of Microsoft Graph',
    address: 'microsoftgraph/msgraph-metadata, schemas',
    date: '2026-08-20',
    read: 'commit f54f11b6',
  },
  'CSDL-v1': {
    title: 'Schema of Microsoft Graph v1.0',
    address: 'microsoftgraph/msgraph-metadata, schemas/v1.0-Prod.csdl',
    date: '2026-08-20',
    read: 'commit f54f11b6',
  },
  'CSDL-beta': {
    title: 'Schema of Microsoft Graph beta',
    address: 'microsoftgraph/msgraph-metadata, schemas/beta-Prod.csdl',
    read: 'commit a6d65b9f',
  },
  'G-GUEST': {
    title: 'conditionalAccessGuestsOrExternalUsers',
    address: 'microsoftgraph/msgraph-metadata, schemas/beta-Prod.csdl',
    read: 'commit a6d65b9f',
  },
  'TF-SDK': {
    title: 'Models of Microsoft Graph in the Terraform provider; their comments repeat the documentation of Graph',
    address: 'hashicorp/terraform-provider-azuread, vendor/github.com/hashicorp/go-azure-sdk/microsoft-graph',
    date: '2026-08-17',
    read: 'commit f0169e0e',
  },
  SDK: {
    title: 'Microsoft Graph SDKs: how each spells and keeps members',
    address: 'microsoftgraph/msgraph-sdk-dotnet, msgraph-sdk-powershell, msgraph-sdk-python',
    read: 'exports that they wrote',
  },
  EXPORTER: {
    title: 'EntraExporter: its folders, and its files of older versions',
    address: 'microsoft/EntraExporter',
    read: 'the layout of an export',
  },
  PWSH: {
    title: 'ConvertTo-Json of PowerShell',
    address: 'learn.microsoft.com, powershell/module/microsoft.powershell.utility/convertto-json',
    read: 'the parameter that the citing place names',
  },
  AZUREAD: {
    title: 'The AzureAD module of PowerShell (retired)',
    address: 'learn.microsoft.com, powershell/module/azuread',
    read: 'exports that it wrote',
  },
  ELASTIC: {
    title: 'Azure logs integration of Elastic',
    address: 'elastic/integrations, packages/azure',
    read: 'the setting that the citing place names',
  },
  SPLUNK: {
    title: 'HTTP Event Collector of Splunk',
    address: 'docs.splunk.com, HTTP Event Collector',
    read: 'the shape of an event',
  },
  TABLES: {
    title: 'Tables of Azure Monitor Logs and their columns',
    address: 'learn.microsoft.com, azure-monitor/reference/tables',
    read: 'the tables that the citing place names',
  },
  'SPLUNK-EXPORT': {
    title: 'Results of searches of Splunk as JSON: rows, previews and messages',
    address: 'dev.splunk.com, How to display search results using the Splunk SDK for Java',
    read: 'sample output, and exports that people published',
  },
  'KQL-SUMMARIZE': {
    title: 'The operator `summarize` of KQL: what it names its columns',
    address: 'MicrosoftDocs/dataexplorer-docs, data-explorer/kusto/query/summarize-operator.md',
    date: '2025-01-21',
    read: PAGE,
  },
  COLLECTORS: {
    title: 'How collectors wrap a record: Datadog (Logs API, archives), QRadar (Ariel), OCSF, captures of an event hub',
    address: 'docs.datadoghq.com, ibm.com, schema.ocsf.io, learn.microsoft.com',
    read: 'names of members as they are widely published',
  },
  XDR: {
    title: 'Advanced hunting of Microsoft Defender: tables of sign-ins',
    address: 'learn.microsoft.com, defender-xdr/advanced-hunting-schema-tables',
    read: 'the tables that the citing place names',
  },

  // What was seen
  'L-REAL': {
    title: 'Sign-in logs published as test data',
    address: 'SEKOIA-IO/intake-formats, Azure/azure-ad/tests; blawson490/axios, app/lib/test-logs.ts',
    read: 'commits b8f64fe1 and 4f6a21c2',
  },
  'L-CORPUS': {
    title: 'About 920 distinct Conditional Access policies in public repositories',
    address: 'GitHub',
    read: 'all of them',
  },
  'L-M365DSC': {
    title: 'Microsoft365DSC: resource for Conditional Access policies',
    address: 'microsoft/Microsoft365DSC, MSFT_AADConditionalAccessPolicy.psm1',
    read: 'commit eb886cac',
  },
  'ERR-EX': {
    title: "A sign-in record with error 53003, in Microsoft's article on Teams Rooms and Exchange Online calendars",
    address: "learn.microsoft.com, Teams Rooms devices can't fetch calendar from Exchange Online",
    read: 'the record',
  },

  // Standards
  RFC3339: rfc(3339, 'Date and time on the internet'),
  RFC3849: rfc(3849, 'IPv6 addresses for documentation'),
  RFC4180: rfc(4180, 'Comma-separated values'),
  RFC4291: rfc(4291, 'IPv6 addressing architecture'),
  RFC5737: rfc(5737, 'IPv4 addresses for documentation'),
  RFC5952: rfc(5952, 'Text of IPv6 addresses'),
  RFC6890: rfc(6890, 'Special-purpose IP address registries'),
  RFC6901: rfc(6901, 'JSON Pointer'),
  RFC7464: rfc(7464, 'JSON text sequences'),
  RFC8259: rfc(8259, 'JSON'),
  RFC8878: rfc(8878, 'Zstandard compression'),
  RFC9562: rfc(9562, 'UUIDs'),
  RFC9637: rfc(9637, 'More IPv6 addresses for documentation'),
  OData: {
    title: 'OData 4.01, part 1: protocol, and part 2: URL conventions',
    address: 'docs.oasis-open.org, odata/odata/v4.01',
    read: 'the system query options',
  },

  OWN: {
    title: 'Our own choice: no source says it, the citing place says what we chose',
    address: 'docs/fidelity.md',
    read: 'what was looked for and not found',
  },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceKey = keyof typeof SOURCES;

/** The document of a key as one line: title, address and date. */
export function sourceLine(key: SourceKey): string {
  const { title, address, date }: Source = SOURCES[key];
  return date === undefined ? `${title}, ${address}` : `${title}, ${address} (${date})`;
}

/** Where a browser opens the document; `undefined` where its address names no page of the web. */
export function webAddress(key: SourceKey): string | undefined {
  const { address }: Source = SOURCES[key];
  const [where = '', what = ''] = address.split(', ');
  const pull = /^pull request (\d+)/.exec(what)?.[1];
  if (/^[\w-]+\/[\w.-]+$/.test(where)) {
    if (pull !== undefined) return `https://github.com/${where}/pull/${pull}`;
    return /^[\w./-]+\.\w+$/.test(what) ? `https://github.com/${where}/blob/main/${what}` : undefined;
  }
  return /^[\w-]+(\.[\w-]+)+$/.test(where) && /^[\w./-]+$/.test(what) ? `https://${where}/${what}` : undefined;
}
