import { Option } from 'commander';

/** The status to suppose, of a command line and of a question in a file. */
export function signalingOption(): Option {
  return new Option('--signaling <status>', 'signaling status to suppose').choices(['current', 'enabled', 'disabled']);
}
