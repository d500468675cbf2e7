import { cutMiddle } from '../../core/values/cut-middle.ts';
import { encodeLines } from '../../output/encode.ts';
import { render } from '../../output/render.ts';
import type { RenderSettings } from '../../output/render-settings.ts';
import { wrapTalk } from '../../output/wrap-talk.ts';
import type { Context } from '../context.ts';
import type { Talking } from '../progress.ts';
import type { GlobalOptions, Talk } from '../session.ts';

/** Columns of one line of talk. */
const LONGEST_LINE = 1_000;

export function openTalk(
  { stdin, stderr, createPrompter, progress, advance, counted }: Context & Talking,
  globals: GlobalOptions,
  settings: RenderSettings,
): Talk {
  return {
    prompter: async () => {
      const mayAsk = globals.input && !globals.yes && stdin.isTTY && stderr.isTTY;
      return mayAsk ? createPrompter() : undefined;
    },
    present: async (report) => {
      const { isTTY } = stderr;
      const onStderr = { ...settings, terminal: isTTY, color: isTTY ? settings.color : (0 as const), query: undefined };
      for await (const text of render(report, 'table', onStderr)) await stderr.write(text);
    },
    say: async (line) => {
      if (!globals.quiet)
        await stderr.write(`${wrapTalk(cutLines(encodeLines(line)), stderr.isTTY ? stderr.columns : undefined)}\n`);
    },
    progress: (line) => {
      if (!globals.quiet) progress(line);
    },
    advance: (step) => {
      if (!globals.quiet) advance(step);
    },
    counted,
  };
}

function cutLines(text: string): string {
  return text
    .split('\n')
    .map((line) => cutMiddle(line, LONGEST_LINE))
    .join('\n');
}
