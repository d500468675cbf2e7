import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { VARIABLE_NAMES } from '../variables.ts';

export const command = defineCommand<[], object>({
  formats: ['lists'],
  worksWithoutConfig: true,
  declare: (command) =>
    command
      .description(
        'What a bug report has to say: versions, platform, paths, rights on the files, lock, audit journal, and what the tenant does ' +
          'not know. Changes nothing, and names no person, policy or address; the home folder is shown as ~. Exit code 1 when ' +
          'something is wrong.',
      )
      .addHelpText('after', examples('gsa doctor -o json')),
  run: async (session) => {
    const diagnosis = await session.diagnose(VARIABLE_NAMES);
    const healthy = diagnosis.value.every(({ status }) => status !== 'error');
    return { report: { kind: 'doctor', data: { healthy, ...diagnosis } }, verdict: healthy ? 'ok' : 'findings' };
  },
});
