// Credentials of @azure/identity that need no person, and whether Azure Resource Manager takes their tokens. Arguments: the kinds. Prints one JSON document.
import {
  ClientAssertionCredential, ClientCertificateCredential, ClientSecretCredential, DefaultAzureCredential, EnvironmentCredential, ManagedIdentityCredential, WorkloadIdentityCredential,
} from "@azure/identity";
import { readFileSync } from "node:fs";

const environment = process.env;
const [tenant, client] = [environment.AZURE_TENANT_ID, environment.AZURE_CLIENT_ID];
const options = { authorityHost: environment.AZURE_AUTHORITY_HOST, disableInstanceDiscovery: true };

const credentials = {
  secret: () => new ClientSecretCredential(tenant, client, environment.AZURE_CLIENT_SECRET, options),
  certificate: () => new ClientCertificateCredential(tenant, client, environment.AZURE_CLIENT_CERTIFICATE_PATH, options),
  certificateChain: () => new ClientCertificateCredential(tenant, client, environment.AZURE_CLIENT_CERTIFICATE_PATH, { ...options, sendCertificateChain: true }),
  assertion: () => new ClientAssertionCredential(tenant, client, async () => readFileSync(environment.AZURE_FEDERATED_TOKEN_FILE, "utf8"), options),
  workload: () => new WorkloadIdentityCredential({ ...options, tenantId: tenant, clientId: client, tokenFilePath: environment.AZURE_FEDERATED_TOKEN_FILE }),
  environment: () => new EnvironmentCredential(options),
  default: () => new DefaultAzureCredential(options),
  appService: () => new ManagedIdentityCredential(),
  metadata: () => new ManagedIdentityCredential(),
};

// Which managed identity is meant, @azure/identity reads off the variables: a federated token first, App Service next, the metadata service last.
const hidden = { appService: ["AZURE_FEDERATED_TOKEN_FILE"], metadata: ["AZURE_FEDERATED_TOKEN_FILE", "IDENTITY_ENDPOINT", "IDENTITY_HEADER"] };

const results = {};
for (const kind of process.argv.slice(2)) {
  for (const name of hidden[kind] ?? []) delete environment[name];
  const { token } = await credentials[kind]().getToken("https://management.azure.com/.default");
  const answer = await fetch(`${environment.ARM_RESOURCE_MANAGER_ENDPOINT}subscriptions?api-version=2022-12-01`, { headers: { Authorization: `Bearer ${token}` } });
  const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url"));
  results[kind] = { status: answer.status, appid: claims.appid, appidacr: claims.appidacr };
}

const { version } = JSON.parse(readFileSync(new URL("../node_modules/@azure/identity/package.json", import.meta.url), "utf8"));
console.log(JSON.stringify({ client: `@azure/identity@${version}`, results }));
