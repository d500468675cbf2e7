import { expect, test } from 'vitest';
import { workplace } from '../support/in-process.ts';

/** Commands that do something else than usual by an option, and what they would then pass over. */
const PASSED_OVER: readonly [string, readonly string[]][] = [
  ['check --gaps', ['--baseline known.yaml', '--leftover-days 3', '--from-logs', '--history runs/']],
  [
    'impact --all',
    [
      'signins.json',
      ...['--from-logs', '--only newlyBlocked', '--group-by user', '--sign-in 1', '--minimum-agreement 95'],
      ...['--gsa-traffic traffic.csv', '--countries countries.mmdb', '--proxy-country NL', '--threads 2'],
      ...['--engine duckdb', '--url http://127.0.0.1:8123', '--table sign_ins'],
    ],
  ],
  ['impact --all --suggest', ['--fail-on newlyBlocked', '--certificate proof.json', '--user joni', '--explain CA003']],
  ['import --requests', ['--replace', '--merge', '--force', '--keep-going', '--dry-run', '--kind users']],
  ['import --requests curl', ['policies.json']],
  ['policy list --by reach', ['--state enabled']],
  ['signaling disable --suggest', ['--budget people=3', '--save plan.json', '--keep-policies']],
];

test.each(PASSED_OVER.flatMap(([command, options]) => options.map((option) => [command, option] as const)))(
  'gsa %s refuses %s instead of passing it over',
  async (command, option) => {
    const place = workplace();
    await place.gsa('init');
    const { exitCode, stdout, stderr } = await place.gsa(`${command} ${option}`);
    expect([exitCode, stdout]).toEqual([2, '']);
    const [name = ''] = option.split(' ');
    expect(stderr).toContain(name.startsWith('--') ? name : 'files');
  },
);
