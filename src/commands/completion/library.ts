import { script } from '@bomb.sh/tab';
import { printed } from '../printed.ts';

/** What the library's scripts get wrong, and what stands there instead. */
export const MENDED = {
  // The word under the cursor comes with its quotes and backslashes, which no name begins with.
  fish: [
    'set -l lastArg (commandline -ct)',
    `set -l lastArg (commandline -ct)
    set lastArg (string unescape -- $lastArg; or string replace -r '^["\\']' '' -- $lastArg)`,
  ],
  // PowerShell takes typographic quotes for quotes too, and what follows one would be evaluated.
  powershell: [
    `($_ -replace "'", "''")`,
    '[System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($_)',
  ],
} as const;

export function libraryScript(shell: keyof typeof MENDED): string {
  const [wrong, right] = MENDED[shell];
  return printed(() => script(shell, 'gsa', 'gsa'))
    .join('\n')
    .replace(wrong, () => right);
}
