import Table from 'cli-table3';
import { writeTerminal } from '../../src/output/formats/terminal.ts';
import type { Block } from '../../src/output/view.ts';
import type { Extent, Figure, Measurements } from '../figure.ts';
import { atMost } from '../figure.ts';
import { median } from '../paired.ts';

const AREA = 'Tables on a terminal of 140 columns';
const HEADERS = ['Time', 'User', 'Application', 'Result', 'Address', 'Policy'];

function rowsOf(count: number) {
  return Array.from({ length: count }, (_, at) => [
    `2026-11-20 10:${String(at % 60).padStart(2, '0')}:00`,
    `person.${at}@contoso.example`,
    'Office 365 Exchange Online',
    { text: 'blocked', tone: 'bad' as const },
    `203.0.113.${at % 256}`,
    'CA003 Block Finance outside trusted locations',
  ]);
}

function viewOf(count: number): readonly Block[] {
  return [{ block: 'table', columns: HEADERS.map((header) => ({ header })), rows: rowsOf(count), empty: '' }];
}

/** Processor milliseconds until the first piece, and until all of them. */
function timed(count: number): { readonly first: number; readonly all: number } {
  const view = viewOf(count);
  const start = process.cpuUsage();
  let first: number | undefined;
  for (const _ of writeTerminal(view, { width: 140, color: 1 })) first ??= since(start);
  return { first: first ?? 0, all: since(start) };
}

function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function byCliTable(count: number): number {
  const start = process.cpuUsage();
  const table = new Table({ head: HEADERS });
  for (const row of rowsOf(count)) table.push(row.map((cell) => (typeof cell === 'string' ? cell : cell.text)));
  table.toString();
  return since(start);
}

export async function tables({ rounds }: Extent): Promise<Measurements> {
  const runs = Array.from({ length: rounds }, () => ({
    few: timed(1_000),
    peer: byCliTable(1_000),
    many: timed(10_000),
  }));
  const first = median(runs.map(({ few }) => few.first));
  const thousand = median(runs.map(({ few }) => few.all));
  const peer = median(runs.map((run) => run.peer));
  const all = median(runs.map(({ many }) => many.all));
  const figures: Figure[] = [
    { area: AREA, what: '1,000 rows, first page', value: first, unit: 'ms', goal: atMost(first, 50, '≤ 50 ms') },
    {
      area: AREA,
      what: '1,000 rows',
      value: thousand,
      unit: 'ms',
      peer: { name: 'cli-table3', value: peer },
      ratio: peer / thousand,
    },
    { area: AREA, what: '10,000 rows', value: all, unit: 'ms', goal: atMost(all, 300, '≤ 300 ms') },
  ];
  return { figures, growth: [] };
}
