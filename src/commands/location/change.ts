import type { Found } from '../../core/tenant/lookup.ts';
import type { NamedLocation } from '../../core/tenant/named-location.ts';
import type { Planned } from '../../core/tenant/plans/objects.ts';
import type { Tenant } from '../../core/tenant/tenant.ts';
import { change } from '../change.ts';
import type { CommandModule } from '../command.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { theOne } from '../find.ts';

interface Options {
  readonly dryRun?: true;
}

/** A command that changes named locations which are there, or were: remove, restore, trust, untrust. */
export function locationChange(definition: {
  readonly description: string;
  readonly examples: readonly string[];
  readonly find: (tenant: Tenant, text: string) => Found<NamedLocation>;
  readonly what: string;
  readonly plan: (tenant: Tenant, ids: readonly string[], now: string) => Planned;
  readonly nothing: string;
  /** The question before a change that takes something away. */
  readonly question?: (texts: readonly string[]) => string;
}): CommandModule {
  return defineCommand<[readonly string[]], Options>({
    declare: (command) =>
      command
        .description(definition.description)
        .argument('<location...>', 'display names or ids')
        .option('--dry-run', 'print the plan, write nothing')
        .addHelpText('after', examples(...definition.examples)),
    run: (session, [texts], { dryRun }) =>
      change(
        session,
        ({ tenant }) => {
          const ids = texts.map((text) => theOne(definition.find(tenant, text), definition.what, text).id);
          return definition.plan(tenant, ids, session.now());
        },
        {
          dryRun: dryRun === true,
          operations: ['namedLocation.write'],
          nothing: definition.nothing,
          ...(definition.question === undefined ? {} : { question: definition.question(texts) }),
        },
      ),
  });
}
