import type { View } from '../../view.ts';
import type { StoryReport } from '../story.ts';
import { viewStory } from '../story.ts';
import type { LogRow } from './columns.ts';

/** One sign-in of the log, told for each signaling status that it was replayed under. */
export type LogStoryReport = {
  readonly value: readonly (StoryReport & {
    /** The sign-in as the log has it. */
    readonly signIn: LogRow;
  })[];
};

export function viewLogStory({ value }: LogStoryReport): View {
  return value.flatMap(viewStory);
}
