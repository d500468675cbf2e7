import { Option } from 'commander';
import type { PathKind } from '../../core/signaling/matrix.ts';
import { MATRIX } from '../../core/signaling/matrix.ts';
import type { ResourceKind } from '../../core/signaling/resource-kind.ts';
import { RESOURCE_KINDS } from '../../core/signaling/resource-kind.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';

const PATHS = [...new Set(MATRIX.map(({ path }) => path))];

interface Options {
  readonly path?: PathKind;
  readonly resource?: ResourceKind;
}

export const command = defineCommand<[], Options>({
  formats: ['lists'],
  declare: (command) =>
    command
      .description(
        'For each way to a resource: whose address Entra ID and the resource see with signaling on and off, whether the compliant ' +
          'network check passes, and which traffic profile carries it, each with its source. Needs no tenant file.',
      )
      .addOption(new Option('--path <path>', 'only this way').choices(PATHS))
      .addOption(new Option('--resource <resource>', 'only this kind of resource').choices(RESOURCE_KINDS))
      .addHelpText(
        'after',
        examples('gsa signaling matrix --path client', 'gsa signaling matrix --resource nonMicrosoftSaas -o json'),
      ),
  run: async (_session, _args, { path, resource }) => ({
    report: {
      kind: 'matrix',
      data: {
        value: MATRIX.filter(
          (row) => (path === undefined || row.path === path) && (resource === undefined || row.resource === resource),
        ),
      },
    },
  }),
});
