import { cpus, totalmem } from 'node:os';
import type { Figure, Growth, Measurements } from './figure.ts';

/** What the figures are and what they are taken on, whatever they came to. */
const HOW = `Times are processor time, user and system, where a row does not say *by the clock*. They are of whole processes with all their
threads, but for Tables, Ranges and Reading, which are measured inside the bench's own process. Start, Tables, Ranges, Reading,
\`replay --dry-run\`, \`impact\` and \`logs\` are medians of several runs that take turns with what stands beside them, so a ratio is of the
same work on the same machine. Import, the commands at the limits, proofs, \`replay\` into the log and all growth but that of ranges are
one run each. Memory is the most that a run held.

Start is taken on the sample tenant; Tables and Ranges make rows and ranges of their own. All else comes from companies that the bench
makes (\`bench/company.ts\`): an ordinary one of 50 policies, 1,000 ranges and 20,000 people, and one at Microsoft's limits with 195
policies, 390,000 ranges and 20,000 people; a row that takes another says so. A record of a sign-in has about 4.4 kB, so 200,000 of them
are about 0.9 GB. A busy machine makes times longer by up to half; ratios hardly move.`;

/** docs/performance.md: the figures of one run, with its date and its machine. */
export function performancePage({ figures, growth }: Measurements, date: string, command: string): string {
  const areas = [...Map.groupBy(figures, ({ area }) => area)];
  return `# How fast, beside whom

Taken on ${date} with \`${command}\` by Node ${process.versions.node} on ${machine()}.

${HOW}

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
