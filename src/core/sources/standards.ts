import type { Source, Sources } from './source.ts';

const rfc = (number: number, title: string): Source => ({
  title,
  address: `rfc-editor.org, rfc/rfc${number}`,
  read: 'the sections that the citing places name',
});

export const STANDARDS = {
  RFC3339: rfc(3339, 'Date and time on the internet'),
  RFC3849: rfc(3849, 'IPv6 addresses for documentation'),
  RFC4180: rfc(4180, 'Comma-separated values'),
  RFC4291: rfc(4291, 'IPv6 addressing architecture'),
  RFC5737: rfc(5737, 'IPv4 addresses for documentation'),
  RFC5952: rfc(5952, 'Text of IPv6 addresses'),
  RFC6890: rfc(6890, 'Special-purpose IP address registries'),
  RFC6901: rfc(6901, 'JSON Pointer'),
  RFC7464: rfc(7464, 'JSON text sequences'),
  RFC8259: rfc(8259, 'JSON'),
  RFC8878: rfc(8878, 'Zstandard compression'),
  RFC9562: rfc(9562, 'UUIDs'),
  RFC9637: rfc(9637, 'More IPv6 addresses for documentation'),
  OData: {
    title: 'OData 4.01, part 1: protocol, and part 2: URL conventions',
    address: 'docs.oasis-open.org, odata/odata/v4.01',
    read: 'the system query options',
  },
} as const satisfies Sources;
