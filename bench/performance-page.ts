import { cpus, totalmem } from 'node:os';
import type { Figure, Growth, Measurements } from './figure.ts';

/** docs/performance.md: the figures of one run, with its date and its machine. */
export function performancePage({ figures, growth }: Measurements, date: string, command: string): string {
  const areas = [...Map.groupBy(figures, ({ area }) => area)];
  return `# How fast, beside whom

Taken on ${date} with \`${command}\` by Node ${process.versions.node} on ${machine()}. Times are processor time, user and system, of
whole processes with all their threads, medians of interleaved runs; memory is the high-water mark. Each ratio is of one run on the
same work. Every figure comes from companies that the bench makes itself (\`bench/company.ts\`): an ordinary one of 50 policies, 1,000
ranges and 20,000 people, and one at Microsoft's limits with 195 policies, 390,000 ranges and 20,000 people. A busy machine makes
times longer by up to half; ratios hardly move.

${areas.map(([area, rows]) => table(area, rows)).join('\n')}
## Growth

The dashed line is what twice the work for twice the size would be. That it cannot turn into a square is a test, by counted work:
\`test/growth\`.

${growth.map(picture).join('\n')}
## Measuring it yourself

\`\`\`sh
npm run bench                     # some minutes; npm run bench -- ranges tables measures these alone
npm run bench:full                # larger sizes, more rounds
npm run bench -- --json           # for scripts
npm run bench -- --write          # this page and its pictures
npm run bench -- evaluate         # evaluators beside Cedar and a careful loop; also: impact, replay, logs
\`\`\`
`;
}

function table(area: string, rows: readonly Figure[]): string {
  const lines = rows.map(({ what, value, unit, peer, ratio, goal }) => {
    const beside = peer === undefined ? '' : `${peer.name}: ${shown(peer.value, unit)}`;
    const mark = goal === undefined ? '' : `${goal.text}${goal.isMet ? '' : ' – **missed**'}`;
    return `| ${what} | ${shown(value, unit)} | ${beside} | ${ratio === undefined ? '' : `${digits(ratio)} ×`} | ${mark} |`;
  });
  return `## ${area}\n\n| what | gsa | beside | ratio | goal |\n| --- | --- | --- | --- | --- |\n${lines.join('\n')}\n`;
}

const picture = ({ name, title, across }: Growth) => `![${title} by ${across}](performance/${name}.svg)\n`;

export function shown(value: number, unit: Figure['unit']): string {
  return unit === '×' ? `${digits(value)} ×` : `${digits(value)} ${unit}`;
}

function digits(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: value >= 1000 ? 4 : 3 });
}

function machine(): string {
  const [first] = cpus();
  return `${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB of memory, ${process.platform}`;
}
