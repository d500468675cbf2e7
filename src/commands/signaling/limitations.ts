import { LIMITATIONS } from '../../core/signaling/limitations.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';

export const command = defineCommand<[], object>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description(
        'The known limitations of source IP restoration, what gsa models of each, and where it is written. Needs no tenant file.',
      )
      .addHelpText('after', examples('gsa signaling limitations', 'gsa signaling limitations -o json')),
  run: async () => ({ report: { kind: 'limitations', data: { value: LIMITATIONS } } }),
});
