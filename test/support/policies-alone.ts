import type { Workplace } from './in-process.ts';

/** Makes the sample tenant of a place one of which its policies, locations and service principals are known, and nothing else. */
export async function leavePoliciesAlone({ gsa }: Workplace): Promise<void> {
  await gsa('init --force');
  await gsa('export all');
  await gsa('init --force --empty --name Alone');
  const { exitCode, stderr } = await gsa(
    'import all/policies.json all/namedLocations.json all/servicePrincipals.json --quiet',
  );
  if (exitCode !== 0) throw new Error(stderr);
}
