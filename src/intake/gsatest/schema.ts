import { z } from 'zod';
import { CHANGE_CLASSES } from '../../core/conditional-access/outcome/change.ts';
import { APPLIED_POLICY_RESULTS } from '../../core/conditional-access/result.ts';
import { FACT_NAMES, factNamed } from '../../core/graph/sign-in-facts.ts';
import { POLICY_STATES } from '../../core/graph/words.ts';
import { country, day, instant, name, names, oneOrMore, outcome, signaling, strict } from './schema-parts.ts';
import { signIn, signInShape, via } from './schema-sign-in.ts';

/** A reason has a colon in it, which YAML reads as a map of one pair unless somebody puts it in quotes. */
const reason = z.union([
  name,
  z
    .record(z.string(), name)
    .refine((pair) => Object.keys(pair).length === 1, { error: 'expected one reason; put it in quotes' })
    .meta({ minProperties: 1, maxProperties: 1 }),
]);
export type ReasonText = z.infer<typeof reason>;

/** A list or an object in which nothing stands expects nothing, unless it is exact. */
function isFilled(value: object): boolean {
  return Object.keys(value).length > 0;
}

const expectShape = {
  outcome: oneOrMore(outcome).optional().describe('several: any of them'),
  ipAddress: name.optional().describe('what Entra sees: a name of `fixtures.addresses`, or an address'),
  countryOrRegion: country.optional(),
  locations: names.optional().describe('exactly the named locations that hold what Entra sees'),
  policies: z
    .record(z.string(), z.enum(APPLIED_POLICY_RESULTS))
    .refine(isFilled, { error: 'expects nothing: name a policy and its result' })
    .meta({ minProperties: 1 })
    .optional()
    .describe('results by policy name or id'),
  because: z
    .union([reason, z.array(reason).min(1)])
    .optional()
    .describe('reasons that the evaluation gives'),
  decidedBy: z.union([name, names]).optional().describe('exactly the policies that made the outcome'),
  controls: names.optional().describe('exactly what the deciding policies still ask for'),
  sessionControls: names.optional(),
  errorCode: z.int().optional(),
  conditionalAccessStatus: z.enum(['success', 'failure', 'notApplied']).optional(),
  authenticationRequirement: z.enum(['singleFactorAuthentication', 'multiFactorAuthentication']).optional(),
  isThroughGlobalSecureAccess: z.boolean().optional(),
  globalSecureAccessIpAddress: name.optional(),
  compliantNetwork: z.boolean().optional(),
  missing: names.optional().describe('exactly the facts that an unknown outcome lacks'),
};
const SAYS_NOTHING = 'expects nothing: say at least an `outcome`';
const saysSomething = (value: object) => Object.keys(value).some((key) => key !== 'when');
const expectation = strict(expectShape).refine(saysSomething, { error: SAYS_NOTHING });
export type ExpectText = z.infer<typeof expectation>;

const row = strict({
  when: z.record(z.string(), z.union([dimensionValue(), z.array(dimensionValue())])),
  ...expectShape,
}).refine(saysSomething, { error: SAYS_NOTHING });
export type RowText = z.infer<typeof row>;

function dimensionValue() {
  return z.union([z.string(), z.number(), z.boolean(), z.null()]);
}

/** Members that a matrix may vary; a fact that follows another is none of its own. */
const VARIED = [
  ...(['user', 'servicePrincipal', 'app', 'userAction', 'authenticationContext'] as const),
  ...(['from', 'country', 'path', 'via', 'clientAppUsed', 'riskLevelDuringSignIn'] as const),
  ...FACT_NAMES.filter((fact) => factNamed(fact).follows === undefined),
  'externalUserType' as const,
];

const matrix = strict({
  ...Object.fromEntries(VARIED.map((member) => [member, z.array(signInShape[member].unwrap()).min(1).optional()])),
  signaling: z.array(signaling).min(1).optional(),
  satisfied: z.array(z.array(name)).min(1).optional(),
}).refine(isFilled, {
  error: 'varies nothing: name at least one member and its values',
});

const choice = z.union([z.literal('any'), names.min(1)]);

const range = strict({
  users: z.union([choice, strict({ group: name }), strict({ role: name })]).optional(),
  apps: choice.optional(),
  addresses: choice.optional(),
  paths: choice.optional(),
  signaling: z.union([z.literal('any'), signaling, z.array(signaling).min(1)]).optional(),
});

const invariant = strict({
  for: range,
  never: strict({ outcome: oneOrMore(outcome) }).optional(),
  always: expectation.optional(),
}).refine(({ never, always }) => (never === undefined) !== (always === undefined), {
  error: 'wants either `never` or `always`',
});

const count = z.union([
  z.int().min(0),
  strict({ atLeast: z.int().min(0).optional(), atMost: z.int().min(0).optional() })
    .refine(isFilled, { error: 'expects nothing: say `atLeast` or `atMost`' })
    .meta({ minProperties: 1 }),
]);
export type CountText = z.infer<typeof count>;

const CHANGED_STATES = [...POLICY_STATES, 'deleted'] as const;

const change = strict({
  signaling: signaling.optional(),
  policies: z.record(z.string(), z.enum(CHANGED_STATES)).optional(),
  tenant: name.optional().describe('another tenant file or export folder'),
}).refine(isFilled, {
  error: 'changes nothing: name `signaling`, `policies` or `tenant`',
});

const ALL_GATES = [
  ...CHANGE_CLASSES.filter((each) => each !== 'unchanged'),
  'stopped',
  'stricter',
  'looser',
  'changed',
] as const;

const all = strict({
  change: change.optional(),
  with: name.optional().describe('a file or folder of an export whose objects are put into the tenant'),
  never: z
    .union([z.enum(ALL_GATES), z.array(z.enum(ALL_GATES)).min(1)])
    .optional()
    .describe('what may happen to no sign-in there could be'),
  intended: z
    .array(
      strict({
        policy: name.optional().describe('name or id of the policy that decides; left out: any'),
        changes: z.array(z.enum(CHANGE_CLASSES)).min(1).optional(),
      }),
    )
    .optional()
    .describe('what may change; everything else is a finding, with its witness'),
})
  .refine((value) => value.change !== undefined || value.with !== undefined, {
    error: 'changes nothing: say `change` or `with`',
  })
  .refine((value) => value.never !== undefined || value.intended !== undefined, {
    error: 'expects nothing: say `never` or `intended`',
  });

const changeExpect = strict(
  Object.fromEntries([...CHANGE_CLASSES, 'total'].map((each) => [each, count.optional()])) as {
    readonly [each: string]: z.ZodOptional<typeof count>;
  },
).refine(isFilled, { error: 'expects nothing: say how many may be `newlyBlocked`' });

const dependencies = strict({
  of: name.describe('`signaling`, or the name of a named location'),
  equal: names.optional(),
  contains: names.min(1).optional(),
  excludes: names.min(1).optional(),
}).refine(({ equal, contains, excludes }) => (equal ?? contains ?? excludes) !== undefined, {
  error: 'expects nothing: name policies under `equal`, `contains` or `excludes`',
});

const commandExpect = strict({
  exit: z.int().min(0).max(255),
  tenant: z.enum(['unchanged', 'changed']).optional(),
  stdout: z.union([name, names]).optional().describe('texts that the output holds'),
  stderr: z.union([name, names]).optional(),
});

const head = {
  name: name.max(500).describe('a sentence; unique in the file'),
  tags: names.optional(),
  source: z.string().optional().describe('where the expectation comes from'),
  skip: strict({ reason: name, owner: name, until: day }).optional().describe('a failure after the day `until`'),
  expectFailure: name.optional().describe('the reason: passes while the test fails'),
};

/** The kinds of tests, by the member that makes a test one of that kind. */
export const TEST_KINDS = {
  matrix: strict({
    ...head,
    signaling: signaling.optional(),
    signIn: signIn.optional(),
    matrix,
    expect: z.union([expectation, z.array(row).min(1)]),
  }),
  invariant: strict({ ...head, signIn: signIn.optional(), invariant }),
  change: strict({
    ...head,
    change,
    signIns: z.union([name, names.min(1)]).describe('files or folders, relative to this file'),
    where: strict({ group: name.optional(), user: name.optional(), app: name.optional() }).optional(),
    assume: strict({
      proxyCountry: country
        .unwrap()
        .optional()
        .describe('the country of the addresses of Global Secure Access, where no record tells it'),
    })
      .refine((value) => value.proxyCountry !== undefined, { error: 'assumes nothing: say `proxyCountry`' })
      .optional()
      .describe('what is taken for granted; every result names it'),
    expect: changeExpect,
  }),
  all: strict({ ...head, all }).describe('every sign-in there could be, before and after a change'),
  dependencies: strict({ ...head, dependencies }),
  command: strict({ ...head, command: z.array(z.string()).min(1), expect: commandExpect }),
  signIn: strict({ ...head, signaling: signaling.optional(), signIn, expect: expectation }),
} as const;
export type TestKind = keyof typeof TEST_KINDS;
export type TestText<Kind extends TestKind> = z.infer<(typeof TEST_KINDS)[Kind]>;

const address = z.union([name, strict({ address: name, country: country.optional() })]);
const pathFixture = strict({
  via,
  egress: name.optional().describe('where Global Secure Access lets the traffic out'),
  client: z.enum(['enabled', 'disabled']).optional(),
  tunnel: z
    .enum(['own', 'foreign', 'none'])
    .optional()
    .describe('whose it is; left out: of a member this tenant’s own, of somebody from another tenant not known'),
});

/** Lists of a tenant in place hold what is live. */
const live = {
  deletedDateTime: z
    .unknown()
    .optional()
    .refine((value) => (value ?? null) === null, {
      error: 'the object was deleted: leave it out, as lists hold what is live',
    }),
};
const graph = z.looseObject({});
const graphObject = z.looseObject(live);
const graphNamed = z.looseObject({ displayName: name, ...live });
/** A tenant in place: Graph JSON, with members that Graph may add. Lists that are left out are not known. */
const tenantParts = {
  tenantId: name.optional().describe('the id of the tenant itself: service principals that it owns carry it'),
  policies: z.array(graphNamed).optional(),
  namedLocations: z.array(graphNamed).optional(),
  users: z.array(graphObject).optional(),
  groups: z.array(graphObject).optional(),
  roleAssignments: z.array(graph).optional(),
  roleDefinitions: z.array(graph).optional(),
  servicePrincipals: z.array(graphObject).optional(),
  mfaTrustedIps: names.optional(),
  applicationGroups: z.record(z.string(), names).optional(),
  globalSecureAccess: graph.optional(),
  crossTenantAccessPolicy: graph.optional(),
  settings: graph.optional(),
};
export type TenantText = z.infer<z.ZodObject<typeof tenantParts>>;
export const TENANT_PARTS = Object.keys(tenantParts) as readonly (keyof typeof tenantParts)[];

const fileShape = {
  $schema: z.string().optional(),
  suite: name.max(500),
  tenant: z
    .union([name, strict(tenantParts)])
    .optional()
    .describe('a tenant file, an export folder, or Graph JSON in place; left out: the tenant of `--tenant`'),
  ...tenantParts,
  now: instant.optional().describe('the clock of the tests'),
  fixtures: strict({
    addresses: z.record(z.string(), address).optional(),
    paths: z.record(z.string(), pathFixture).optional(),
    applications: z.record(z.string(), name).optional().describe('application ids by the name that the tests use'),
  }).optional(),
  defaults: strict({ signaling: signaling.optional(), signIn: signIn.optional() })
    .optional()
    .describe('what every test says unless it says otherwise'),
};

/** The file without its tests, which are read one by one so that a problem is told in terms of its kind. */
export const suiteFile = strict({
  ...fileShape,
  tests: z.array(z.unknown()).min(1, { error: 'the suite is empty: it has no tests' }),
});
export type SuiteText = z.infer<typeof suiteFile>;

/** The whole file, for the published JSON Schema. */
export const publishedFile = strict({
  ...fileShape,
  tests: z.array(z.union(Object.values(TEST_KINDS))).min(1),
});
