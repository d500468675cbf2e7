import { parseAddress } from '../../core/network/address.ts';
import { matchLocations } from '../../core/tenant/location-match.ts';
import { GsaError } from '../../shell/error.ts';
import { acting } from '../acting.ts';
import { defineCommand } from '../command.ts';

export const command = defineCommand<[string], object>({
  declare: (command) =>
    command
      .description(
        'Which named locations hold an address, and by which range. Locations by country, by GPS and the compliant network are ' +
          'listed apart: an address alone does not decide them.',
      )
      .argument('<ip>', 'IPv4 or IPv6 address')
      .addHelpText(
        'after',
        '\nExamples:\n  gsa location match 203.0.113.10\n  gsa location match 2001:db8:10::5 -o json',
      ),
  run: async (session, [text]) => {
    const address = parseAddress(text);
    if (address === undefined) {
      throw new GsaError('usage', `\`${text}\` is not an IP address`, {
        hint: 'give four decimal numbers, or IPv6 without a zone',
      });
    }
    const { tenant } = session.tenants().read();
    acting(session, tenant, ['policy.read']);
    return { report: { kind: 'locationMatch', data: { ipAddress: address.text, ...matchLocations(tenant, address) } } };
  },
});
