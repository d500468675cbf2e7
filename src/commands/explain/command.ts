import { findRule, RULES } from '../../core/check/rules.ts';
import { SOURCES } from '../../core/sources/sources.ts';
import { nearNames } from '../../core/values/near-names.ts';
import { GsaError } from '../../trouble/error.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';

export const command = defineCommand<[string | undefined], object>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description('What a rule of `gsa check` finds, why it matters, and what to do; without an argument, all rules.')
      .argument('[rule]', 'id or name, such as GSA004 or location-holds-proxy-egress')
      .addHelpText('after', examples('gsa explain', 'gsa explain GSA004', 'gsa explain location-holds-proxy-egress')),
  run: async (_session, [text]) => {
    if (text === undefined) {
      return {
        report: {
          kind: 'directory',
          data: {
            value: RULES.map(({ id, name, severity, summary }) => ({ id, name, severity, summary })),
            view: {
              columns: ['Rule', 'Severity', 'What is wrong where it fires', 'Name'],
              rows: RULES.map(({ id, name, severity, summary }) => [id, severity, summary, name]),
              empty: '',
            },
          },
        },
      };
    }
    const rule = findRule(text);
    if (rule === undefined) {
      throw new GsaError('usage', `there is no rule \`${text}\``, { hint: hintFor(text) });
    }
    const { id, name, severity, summary, page } = rule;
    const references = page.sources.map((key) => {
      const { title, address } = SOURCES[key];
      return { key, title, address };
    });
    return { report: { kind: 'rulePage', data: { id, name, severity, summary, ...page, references } } };
  },
});

/** A number is looked up, not guessed at: one digit more or less is another rule. */
function hintFor(text: string): string {
  const number = /^(?:gsa)?[-_ ]?0*(\d{1,3})$/i.exec(text)?.[1];
  const meant = number === undefined ? undefined : findRule(`GSA${number.padStart(3, '0')}`);
  const names = number === undefined ? RULES.flatMap(({ id, name }) => [id, name]) : [];
  const near = meant?.id ?? nearNames(text, names)[0];
  return near === undefined ? '`gsa explain` lists the rules' : `did you mean \`${near}\`?`;
}
