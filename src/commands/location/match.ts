import type { Address } from '../../core/network/address.ts';
import { matchLocations } from '../../core/tenant/location-match.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';
import { examples } from '../examples.ts';
import { addressNamed } from '../network-options.ts';

export const command = defineCommand<[Address], object>({
  declare: (command) =>
    command
      .description(
        'Which named locations hold an address, and by which range. Locations by country, by GPS and the compliant network are ' +
          'listed apart: an address alone does not decide them.',
      )
      .argument('<ip>', 'IPv4 or IPv6 address', addressNamed)
      .addHelpText('after', examples('gsa location match 203.0.113.10', 'gsa location match 2001:db8:10::5 -o json')),
  run: async (session, [address]) => {
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    return { report: { kind: 'locationMatch', data: { ipAddress: address.text, ...matchLocations(tenant, address) } } };
  },
});
