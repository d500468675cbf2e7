import { plural } from '../../../core/values/plural.ts';
import type { Block, Inline } from '../../view.ts';
import { bad, code, good, strong, warning } from '../../view.ts';
import { classSpan } from '../impact/words.ts';

/** The logged sign-ins that a switch would stop, and their people, as `gsa impact --from-logs` counts them. */
export interface LoggedReach {
  /** The oldest and the newest of the sign-ins. */
  readonly from: string;
  readonly to: string;
  readonly signIns: number;
  /** The command that tells whom, and why. */
  readonly command: string;
  /** `null`: there are so many that they were not counted. */
  readonly counted: {
    readonly stopped: { readonly signIns: number; readonly users: number };
    /** Sign-ins whose outcome is not known. */
    readonly unknown: number;
    /** Policies that stop somebody, with the class of what they do. */
    readonly policies: readonly {
      readonly id: string;
      readonly displayName: string;
      readonly class: string;
      readonly signIns: number;
      readonly users: number;
    }[];
  } | null;
}

/** What the log says of a switch; without a log, how to ask. */
export function loggedReachBlocks(reach: LoggedReach | null): readonly Block[] {
  if (reach === null) {
    return [
      {
        block: 'text',
        text: ['Who that is, by recorded sign-ins: ', code('gsa impact <sign-ins>'), ' before you switch.'],
      },
    ];
  }
  const { counted, command } = reach;
  const days = daysText(reach);
  if (counted === null) {
    return [
      {
        block: 'text',
        text: [`The log has ${plural(reach.signIns, 'sign-in')} ${days}: `, code(command), ' counts who is stopped.'],
      },
    ];
  }
  const { stopped, unknown, policies } = counted;
  const said: Inline[] = [
    `Of ${plural(reach.signIns, 'sign-in')} in the log ${days}: `,
    stopped.signIns === 0 ? good('none is known to be stopped') : bad(stoppedText(stopped)),
    ...(unknown === 0 ? [] : ['; ', warning(`${unknown} cannot be told`)]),
    '. ',
    code(command),
    ' shows whom and why.',
  ];
  return [{ block: 'text', text: said.flat() }, ...policyBlocks(policies)];
}

function stoppedText({ signIns, users }: { readonly signIns: number; readonly users: number }): string {
  return `${signIns} would be stopped, of ${plural(users, 'person', 'people')}`;
}

function daysText({ from, to }: LoggedReach): string {
  const [first, last] = [from.slice(0, 10), to.slice(0, 10)];
  return first === last ? `(${first})` : `(${first} to ${last})`;
}

function policyBlocks(policies: NonNullable<LoggedReach['counted']>['policies']): readonly Block[] {
  if (policies.length === 0) return [];
  const count = { align: 'right', rigid: true, isCount: true } as const;
  return [
    {
      block: 'table',
      columns: [
        { header: 'Policy' },
        { header: 'What changes', rigid: true },
        { header: 'Stopped', ...count },
        { header: 'Users', ...count },
      ],
      rows: policies.map((each) => [
        strong(each.displayName),
        classSpan(each.class),
        String(each.signIns),
        String(each.users),
      ]),
      empty: '',
    },
  ];
}
