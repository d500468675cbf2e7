import { plural } from '../../../core/values/plural.ts';
import type { View } from '../../view.ts';
import { code, strong, warning } from '../../view.ts';

/** What `gsa test generate` wrote. */
export type GeneratedTestsReport = {
  readonly file: string;
  readonly signIns: number;
  readonly tests: number;
  /** Kinds of sign-in that there were more of than was asked for. */
  readonly notWritten: number;
  readonly leftOut: readonly { readonly reason: string; readonly count: number }[];
};

export function viewGeneratedTests({ file, signIns, tests, notWritten, leftOut }: GeneratedTestsReport): View {
  return [
    {
      block: 'text',
      text: [
        strong(plural(tests, 'test')),
        ` saying what ${plural(signIns, 'sign-in does', 'sign-ins do')} today ${tests === 1 ? 'is' : 'are'} in `,
        code(file),
        '.',
      ],
    },
    ...(notWritten === 0
      ? []
      : [
          {
            block: 'text' as const,
            text: `${plural(notWritten, 'kind of sign-in is', 'kinds of sign-in are')} rarer; --limit writes more.`,
          },
        ]),
    ...(leftOut.length === 0
      ? []
      : [
          {
            block: 'list' as const,
            items: leftOut.map(({ reason, count }) => [warning('left out: '), `${count} (${reason})`]),
          },
        ]),
  ];
}
