// docs/gsa.1 and docs/commands.md, out of the same declarations as the help: `node tools/write-reference.ts`.
// test/docs/reference.test.ts fails when they are not fresh.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describeProgram } from '../src/command-tree.ts';
import { TOPICS } from '../src/commands/topics.ts';
import type { CommandDescription, OptionDescription, ProgramDescription } from '../src/shell/program-description.ts';
import { meaningOf } from '../src/shell/program-description.ts';

/** A man page in the macros of man(7). */
export function manPage(program: ProgramDescription): string {
  const option = (each: OptionDescription) => `.TP\n.B ${roff(each.flags)}\n${roff(meaningOf(each))}\n`;
  const command = ({ words, usage, description, options }: CommandDescription) =>
    `.SS "gsa ${roff(words)} ${roff(usage)}"\n${roff(description)}\n${options.map(option).join('')}`;
  return [
    `.TH GSA 1 "" "gsa ${roff(program.version)}" "User Commands"\n`,
    `.SH NAME\ngsa \\- ${roff('know who is locked out before source IP restoration is switched')}\n`,
    '.SH SYNOPSIS\n.B gsa\n[options] command [arguments]\n',
    `.SH DESCRIPTION\n${roff(program.description)}\n`,
    `.SH COMMANDS\n${program.commands.map(command).join('')}`,
    `.SH "GLOBAL OPTIONS"\n${program.globalOptions.map(option).join('')}`,
    ...Object.values(TOPICS).map(
      ({ title, rows, note }) =>
        `.SH "${roff(title.toUpperCase())}"\n${rows.map(([name = '', ...rest]) => `.TP\n.B ${roff(name)}\n${roff(rest.join(': '))}\n`).join('')}${note === undefined ? '' : `.PP\n${roff(note)}\n`}`,
    ),
  ].join('');
}

/** The same as markdown. */
export function commandReference(program: ProgramDescription): string {
  const table = (options: readonly OptionDescription[]) =>
    options.length === 0
      ? ''
      : `\n| option | meaning |\n|---|---|\n${options.map((option) => `| \`${option.flags.replaceAll('|', '\\|')}\` | ${cell(meaningOf(option))} |\n`).join('')}`;
  const headings = [...new Set(program.commands.map(({ heading }) => heading))];
  return [
    '# Commands\n\nMade from the declarations of the commands by `node tools/write-reference.ts`; `gsa <command> --help` says the same.\n',
    ...headings.flatMap((heading) => [
      `\n## ${heading}\n`,
      ...program.commands
        .filter((command) => command.heading === heading)
        .map(
          ({ words, usage, description, options }) =>
            `\n### \`gsa ${words} ${usage}\`\n\n${description}\n${table(options)}`,
        ),
    ]),
    `\n## Global options\n${table(program.globalOptions)}`,
    ...Object.values(TOPICS).map(
      ({ title, columns, rows, note }) =>
        `\n## ${title}\n\n| ${columns.join(' | ')} |\n|${columns.map(() => '---').join('|')}|\n${rows.map((cells) => `| ${cells.map(cell).join(' | ')} |\n`).join('')}${note === undefined ? '' : `\n${note}\n`}`,
    ),
  ].join('');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

/** A line that roff would read as a request, and the characters it would change, are escaped. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('’', '\\(cq')
    .replace(/^([.'])/gm, '\\&$1');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const program = await describeProgram();
  await writeFile(new URL('../docs/gsa.1', import.meta.url), manPage(program));
  await writeFile(new URL('../docs/commands.md', import.meta.url), commandReference(program));
}
