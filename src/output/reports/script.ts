import type { View } from '../view.ts';

/** Text for a program to read: it is written as it is (render.ts), for its characters are the program's. */
export type ScriptReport = {
  readonly text: string;
  /** What the script asks for, for programs. */
  readonly requests?: readonly unknown[];
};

export function viewScript({ text }: ScriptReport): View {
  return [{ block: 'text', text }];
}
