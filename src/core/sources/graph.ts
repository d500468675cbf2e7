import type { Source, Sources } from './source.ts';
import { PAGE } from './source.ts';

/** A page of the Microsoft Graph reference. */
function graph(path: string, title: string, read: string, date?: string): Source {
  const address = `microsoftgraph/microsoft-graph-docs-contrib, api-reference/${path}`;
  return { title, address, ...(date !== undefined && { date }), read };
}

/** What Microsoft Graph says of itself, and what writes down what it answers. */
export const ON_GRAPH = {
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
} as const satisfies Sources;
