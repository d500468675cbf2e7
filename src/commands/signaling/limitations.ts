import { LIMITATIONS } from '../../core/signaling/limitations.ts';
import { defineCommand } from '../command.ts';

export const command = defineCommand<[], object>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description(
        'The known limitations of source IP restoration, what gsa models of each, and where it is written. Needs no tenant file.',
      )
      .addHelpText('after', '\nExamples:\n  gsa signaling limitations\n  gsa signaling limitations -o json'),
  run: async () => ({ report: { kind: 'limitations', data: { value: LIMITATIONS } } }),
});
