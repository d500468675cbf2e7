import { Option } from 'commander';
import type { ExportKind } from '../../core/tenant/plans/export.ts';
import { EXPORT_KINDS, planExport } from '../../core/tenant/plans/export.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { choicesOf } from '../options.ts';

interface Options {
  readonly kind?: readonly ExportKind[];
}

export const command = defineCommand<[string], Options>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description(
        'Writes the tenant as files in the shapes of Microsoft Graph; importing them gives the same tenant again.',
      )
      .argument('<folder>', 'where to write; it is made if it is not there')
      .addOption(
        new Option('--kind <kind>', 'only this; repeatable').choices(EXPORT_KINDS).argParser(choicesOf(EXPORT_KINDS)),
      )
      .addHelpText('after', examples('gsa export exported/', 'gsa export exported/ --kind policies,locations')),
  run: async (session, [folder], { kind }) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    const files = planExport(tenant, kind);
    for (const { file, text } of files) await session.writeFile(`${folder}/${file}`, text);
    return {
      wrote: 'the files were written',
      report: {
        kind: 'export',
        data: {
          folder: session.path(folder),
          value: files.map(({ file, text }) => ({ file, bytes: new TextEncoder().encode(text).length })),
        },
      },
    };
  },
});
