import { parse } from 'csv-parse/sync';
import { GUID_PATTERN } from '../../core/values/guid.ts';
import {
  ADVANCED_HUNTING,
  isAdvancedHunting,
  isLocalTimeColumn,
  isUnifiedAudit,
  UNIFIED_AUDIT,
} from './formats/foreign-records.ts';
import { hasColumnsOfSignIns, tableColumn } from './formats/log-analytics.ts';
import { otherTableOfColumns } from './formats/other-tables.ts';
import { isPortalColumn, portalColumn } from './formats/portal-csv.ts';

/** What a file is, by its first bytes; its name is not asked. */
export type Recognised =
  | { readonly kind: 'json'; readonly lines: boolean }
  | {
      readonly kind: 'csv';
      readonly delimiter: string;
      /** Where the header stands: 2 behind a line for the program that reads the table. */
      readonly fromLine: number;
      readonly table: 'portalCsv' | 'logAnalytics';
    }
  /** No sign-ins: the message follows the file's name and says what it is instead. */
  | { readonly kind: 'other'; readonly reason: string; readonly message: string };

/** Bytes that are looked at. */
export const HEAD_SIZE = 64 * 1024;

/** `complete`: the head is the whole file. */
export function recognise(head: Uint8Array, complete: boolean): Recognised {
  const text = new TextDecoder('utf-8').decode(head.subarray(0, HEAD_SIZE));
  const first = text.trimStart();
  if (first === '') {
    if (complete) return other('empty', 'is empty');
    return other('notSignIns', 'holds nothing but white space where sign-ins should begin');
  }
  if (first.startsWith('{') || first.startsWith('[')) return { kind: 'json', lines: looksLikeLines(text) };
  if (isSyslog(first)) {
    return other('syslog', 'is lines of syslog, CEF or LEEF: export the records alone, as lines of JSON');
  }
  if (first.startsWith('<')) {
    return /^<(!doctype html|html|head|body|title)/i.test(first)
      ? other('html', 'is an HTML page, as a browser saves it when a download has failed')
      : other('notSignIns', first.startsWith('<Objs') ? CLIXML : 'is XML: export sign-ins as JSON or CSV');
  }
  if (TALK.test(first)) {
    return other(
      'talkBefore',
      'has lines of the program that wrote it before the JSON: keep what it says apart (`2>/dev/null`), and export again',
    );
  }
  return recogniseCsv(text) ?? recogniseText(first);
}

const CLIXML =
  'is what `Export-Clixml` writes: give JSON instead, as `Import-Clixml <file> | ConvertTo-Json -Depth 10` makes it';

/**
 * Whether each line is a document of its own. The first line says so if it is complete JSON; a broken first line does if the next
 * one begins like an object where no value is due. Otherwise the document goes on over several lines.
 */
function looksLikeLines(text: string): boolean {
  const [first = '', second] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (isObjectText(first)) return true;
  return first.startsWith('{') && !/[[{,:]$/.test(first) && (second?.startsWith('{"') ?? false);
}

function isObjectText(line: string): boolean {
  if (!line.startsWith('{') || !line.endsWith('}')) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** What a program says of itself, and then JSON on a line of its own: a warning, or the head of a transcript of PowerShell. */
const TALK = /^(?!["'])(?:\*{5,}|(?:WARNING|INFO|DEBUG|VERBOSE|Cmdlet)\b)[^\n]*\n(?:[^\n[{]*\n)*[ \t]*[[{]/i;

/** A header before each record: a priority, a time or a format of events; what has a time alone holds JSON behind it. */
function isSyslog(text: string): boolean {
  return (
    /^(<\d{1,3}>|(CEF|LEEF):\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d )/.test(text) ||
    /^\d{4}-\d\d-\d\dT[\d:.]+\S*[ \t][^\n]*\{/.test(text)
  );
}

/** Windows PowerShell's `Export-Csv` writes the type of the objects before the header, Excel the delimiter. */
const FOR_A_PROGRAM = /^(#TYPE [^\r\n]*|"?sep=(.)"?)\r?\n/i;

function recogniseCsv(whole: string): Recognised | undefined {
  const before = FOR_A_PROGRAM.exec(whole);
  const text = before === null ? whole : whole.slice(before[0].length);
  const line = text.slice(0, text.search(/\r|\n|$/));
  const delimiter = before?.[2] ?? [',', ';', '\t'].find((candidate) => line.includes(candidate));
  if (delimiter === undefined) return undefined;
  const headers = headersOf(line, delimiter);
  if (headers === undefined) return undefined;
  const names = new Set(headers.map(tableColumn));
  const fromLine = before === null ? 1 : 2;
  if (headers.some(isLocalTimeColumn)) {
    return other(
      'localTime',
      'has times in local time, whose zone it does not say: show times in UTC and export again',
    );
  }
  const portal = headers.filter(isPortalColumn).length;
  if (portal >= 4 && headers.some((header) => /^date( \(utc\))?$/.test(portalColumn(header)))) {
    return { kind: 'csv', delimiter, fromLine, table: 'portalCsv' };
  }
  // Whether they are those of another table, each row tells.
  if (hasColumnsOfSignIns(names)) {
    return { kind: 'csv', delimiter, fromLine, table: 'logAnalytics' };
  }
  return otherCsv(headers, names, text, line.length);
}

function headersOf(line: string, delimiter: string): readonly string[] | undefined {
  try {
    const rows = parse(line, { delimiter, relax_quotes: true });
    return rows[0];
  } catch {
    return undefined;
  }
}

function otherCsv(
  headers: readonly string[],
  names: ReadonlySet<string>,
  text: string,
  headerLength: number,
): Recognised | undefined {
  if (headers.some((header) => /[{}:]|\S {2,}\S/.test(header)) && headers.length < 4) return undefined;
  if (text.slice(headerLength).trim() !== '' && !text.includes('\n')) return undefined;
  if (names.has('StartTime') || names.has('AlertName') || names.has('AlertSeverity')) {
    return other('alertSummary', 'is the result of an alert or a summary, not the sign-ins that it is about');
  }
  if (isUnifiedAudit(names)) return other('auditLog', `is ${UNIFIED_AUDIT}: export the sign-in log instead`);
  const table = otherTableOfColumns(names);
  if (table !== undefined) return other(table.reason, table.message);
  if (isAdvancedHunting(names)) return other('advancedHunting', `holds ${ADVANCED_HUNTING}`);
  if ([...names].some((name) => /^(azure\.|event\.|@timestamp$|_source\b)/.test(name))) {
    return other(
      'ecsDocuments',
      'is a table of Elastic in ECS names: export the sign-in log instead, or its documents as JSON',
    );
  }
  if (names.has('_raw') || names.has('_time') || [...names].some((name) => name.startsWith('properties.'))) {
    return other(
      'searchResults',
      'is a table of search results: export the events as raw JSON, or the sign-in log instead',
    );
  }
  if (isPortalInOtherWords(headers, text)) {
    return other(
      'otherLanguage',
      'is a download of the admin center in another language: set the language to English, or download JSON',
    );
  }
  if (names.has('SourceIp') && names.has('TransactionId')) return trafficLog();
  return other('notSignIns', 'is a CSV file without the columns of a sign-in log');
}

const ID = new RegExp(GUID_PATTERN, 'i');

/** Many columns that are not named in English, and in the first row a time, an address and ids of the sign-in. */
function isPortalInOtherWords(headers: readonly string[], text: string): boolean {
  if (headers.length < 8) return false;
  const start = text.slice(0, 16_384);
  const hasTime = /\d{4}-\d\d-\d\dT\d\d:\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}/.test(start);
  return ID.test(start) && hasTime && headers.some((header) => /\(UTC\)/i.test(header) || /[^\x20-\x7e]/.test(header));
}

function trafficLog(): Recognised & { readonly kind: 'other' } {
  return other('trafficLog', 'is a Global Secure Access traffic log: give it with --gsa-traffic');
}

function recogniseText(text: string): Recognised {
  if (
    /^(AnalysisType|detection|logsource|RuleID|title|id):/m.test(text) &&
    /^(detection|Detection|Tests|RuleID|logsource):/m.test(text)
  ) {
    return other('detectionRule', 'is a detection rule in YAML, with sample records at most: it is no sign-in log');
  }
  if (/^(---\s|[\w-]+:(\s|$))/.test(text)) return other('yaml', 'is YAML: export sign-ins as JSON or CSV');
  if (/^#{1,6} /.test(text)) return other('notSignIns', 'is a Markdown text');
  return other('notSignIns', 'is neither JSON nor CSV with the columns of a sign-in log');
}

function other(reason: string, message: string): Recognised & { readonly kind: 'other' } {
  return { kind: 'other', reason, message };
}
