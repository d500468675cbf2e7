import { Argument } from 'commander';
import { defineCommand } from '../command.ts';
import { TOPICS } from '../topics.ts';

export const command = defineCommand<[string], object>({
  declare: (command) =>
    command
      .description('Explains something that all commands share.')
      .addArgument(new Argument('<topic>').choices(Object.keys(TOPICS))),
  run: async (_session, [topic]) => {
    const { title, columns, rows, note = null } = TOPICS[topic] ?? { title: topic, columns: [], rows: [] };
    return { report: { kind: 'topic', data: { topic, title, columns, rows, note } } };
  },
});
