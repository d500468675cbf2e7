import { defineCommand } from '../command.ts';
export const command = defineCommand<[string], object>({
  declare: (command) => command.argument('<id>', 'id'),
  run: async () => {
    throw new Error('todo');
  },
});
