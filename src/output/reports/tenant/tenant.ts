import type { Block, Inline, View } from '../../view.ts';
import { bad, code, dim, good, strong, warning } from '../../view.ts';

export type TenantReport = {
  readonly path: string;
  readonly displayName: string;
  readonly tenantId: string;
  readonly createdDateTime: string;
  /** False where the date was made up when the file was. */
  readonly isCreatedDateTimeKnown: boolean;
  readonly serial: number;
  readonly signalingStatus: string;
  /** False where the status is only taken by the age of the tenant. */
  readonly isSignalingStatusKnown: boolean;
  readonly entraIdPlan: string | null;
  readonly onboardingStatus: string | null;
  readonly defaultAdministrator: string | null;
  /** How many of each; `null` where it is not known which there are. */
  readonly counts: { readonly [list: string]: number | null };
  /** Lists that the tenant file lacks, or has a part of: what hangs on them is not proven. */
  readonly notKnown: readonly string[];
  /** True right after `init` wrote it. */
  readonly created: boolean;
};

function signalingText({ signalingStatus, isSignalingStatusKnown }: TenantReport): Inline {
  if (!isSignalingStatusKnown) return warning(`not known, taken for ${signalingStatus}`);
  return signalingStatus === 'enabled' ? good('enabled') : bad(signalingStatus);
}

export function viewTenant(report: TenantReport): View {
  const unknown = dim('not known');
  return [
    {
      block: 'heading',
      text: report.created ? ['Created ', report.displayName] : report.displayName,
    },
    {
      block: 'fields',
      fields: [
        ['File', report.path],
        ['Tenant id', report.tenantId],
        ['Created', report.isCreatedDateTimeKnown ? report.createdDateTime : unknown],
        ['Serial', String(report.serial)],
        ['Signaling', signalingText(report)],
        ['Entra ID plan', report.entraIdPlan ?? unknown],
        ['Global Secure Access', report.onboardingStatus ?? unknown],
        ['Acting by default', report.defaultAdministrator ?? dim('local administrator')],
        ...Object.entries(report.counts).map(([list, count]): readonly [string, Inline] => [
          list,
          count === null ? unknown : String(count),
        ]),
      ],
    },
    ...notKnownBlocks(report.notKnown),
  ];
}

function notKnownBlocks(lists: readonly string[]): Block[] {
  if (lists.length === 0) return [];
  const example = lists.find((list) => list !== 'mfaTrustedIps') ?? 'mfaTrustedIps';
  const settle =
    example === 'mfaTrustedIps' ? 'gsa tenant set --mfa-trusted-ips none' : `gsa tenant set --known ${example}`;
  return [
    {
      block: 'text',
      text: [
        'What is not known is not taken for none: policies that hang on it are unknown, and gates fail. ',
        code('gsa import --requests'),
        ' prints the commands that export it; ',
        code(settle),
        ' says that there are no more than the file has.',
      ],
    },
  ];
}

export type ValidationReport = {
  readonly path: string;
  readonly valid: boolean;
  readonly problems: readonly {
    readonly severity: 'error' | 'warning' | 'note';
    readonly path: string;
    readonly message: string;
  }[];
};

export function viewValidation(report: ValidationReport): View {
  const blocks: Block[] = [
    {
      block: 'text',
      text: report.valid ? [good('valid'), ' ', code(report.path)] : [bad('not valid'), ' ', code(report.path)],
    },
  ];
  if (report.problems.length > 0) {
    blocks.push({
      block: 'table',
      columns: [{ header: 'Severity' }, { header: 'Problem' }, { header: 'Where', dropOrder: 1 }],
      rows: report.problems.map(({ severity, path, message }) => [
        severity === 'error' ? bad(severity) : severity === 'warning' ? warning(severity) : dim(severity),
        message,
        strong(path),
      ]),
      empty: '',
    });
  }
  return blocks;
}
