import type { Sources } from './source.ts';
import { PAGE } from './source.ts';

/** What keeps or passes on the logs of sign-ins, and what was seen in published ones and in published policies. */
export const ON_LOGS = {
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
} as const satisfies Sources;
