import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runInThisContext } from 'node:vm';

/** The tables of sign-ins and of traffic, with the columns that a query may name, by Azure Monitor's reference of tables. */
const USERS =
  'TimeGenerated: datetime, Id: string, CreatedDateTime: datetime, Category: string, UserId: string, UserPrincipalName: string, ' +
  'UserDisplayName: string, UserType: string, AuthenticationContextClassReferences: string, CrossTenantAccessType: string, HomeTenantId: string, ResourceTenantId: string, ' +
  'AppId: string, AppDisplayName: string, ResourceIdentity: string, ResourceDisplayName: string, ClientAppUsed: string, ' +
  'IPAddress: string, IsThroughGlobalSecureAccess: bool, GlobalSecureAccessIpAddress: string, AuthenticationRequirement: string, ' +
  'AuthenticationProtocol: string, OriginalTransferMethod: string, RiskLevelDuringSignIn: string, ConditionalAccessStatus: string, ' +
  'ResultType: string, TokenIssuerType: string';
const WORKLOADS =
  'TimeGenerated: datetime, Id: string, CreatedDateTime: datetime, Category: string, ServicePrincipalId: string, ' +
  'ServicePrincipalName: string, AppId: string, ResourceIdentity: string, ResourceDisplayName: string, IPAddress: string, ' +
  'ConditionalAccessStatus: string, ResultType: string, LocationDetails: string';
const SCHEMAS: Readonly<Record<string, string>> = {
  SigninLogs: `(${USERS}, LocationDetails: dynamic, DeviceDetail: dynamic, Status: dynamic)`,
  AADNonInteractiveUserSignInLogs: `(${USERS}, LocationDetails: string, DeviceDetail: string, Status: string)`,
  AADServicePrincipalSignInLogs: `(${WORKLOADS})`,
  AADManagedIdentitySignInLogs: `(${WORKLOADS})`,
  NetworkAccessTraffic:
    '(TimeGenerated: datetime, UserId: string, UserPrincipalName: string, DeviceId: string, DeviceCategory: string, SourceIp: string, TrafficType: string)',
};

interface KustoDiagnostic {
  readonly Code: string;
  readonly Message: string;
}

/** What the checker of Kusto's own language service says of a query against these tables: nothing where it is sound. */
export function kustoDiagnostics(query: string): readonly string[] {
  const { Kusto } = loaded();
  const tables = Object.entries(SCHEMAS).map(([name, schema]) =>
    Kusto.Language.Symbols.TableSymbol.From(schema).WithName(name),
  );
  const database = new Kusto.Language.Symbols.DatabaseSymbol.$ctor1('workspace', tables);
  const globals = Kusto.Language.GlobalState.Default.WithDatabase(database);
  const diagnostics = Kusto.Language.KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
  return Array.from({ length: diagnostics.Count }, (_, at) => {
    const { Code, Message }: KustoDiagnostic = diagnostics.getItem(at);
    return `${Code} ${Message}`;
  });
}

// biome-ignore lint/suspicious/noExplicitAny: the package is compiled from C# and declares nothing that can be named
let known: any;

/** The package is scripts for a page, which make global objects. */
function loaded() {
  if (known !== undefined) return known;
  const folder = dirname(createRequire(import.meta.url).resolve('@kusto/language-service-next/package.json'));
  for (const name of ['bridge', 'Kusto.Language.Bridge'])
    runInThisContext(readFileSync(join(folder, `${name}.js`), 'utf8'));
  known = globalThis;
  return known;
}
