// One suite: an unmodified client against the local Azure, step by step. Prints one JSON document: what the client sent and was answered, what failed, what is not supported.
import { readFileSync } from "node:fs";
import { ClientSecretCredential } from "@azure/identity";

const root = process.env.ARM_RESOURCE_MANAGER_ENDPOINT.replace(/\/$/, "");

export const subscription = process.env.AZURE_SUBSCRIPTION_ID;
export const tenant = process.env.AZURE_TENANT_ID;
export const location = "eastus2";
export const group = "conformance";
export const groupId = `/subscriptions/${subscription}/resourceGroups/${group}`;

const sent = [];
const failures = [];
const unsupported = [];

export const credential = new ClientSecretCredential(tenant, process.env.AZURE_CLIENT_ID, process.env.AZURE_CLIENT_SECRET, {
  authorityHost: process.env.AZURE_AUTHORITY_HOST,
  disableInstanceDiscovery: true,
});

/** Sees every request that the client sends. */
const recorder = {
  name: "recorder",
  async sendRequest(request, next) {
    const response = await next(request);
    sent.push({ method: request.method, path: decodeURIComponent(new URL(request.url).pathname), status: response.status });
    return response;
  },
};

export const options = {
  endpoint: root,
  $host: root,
  baseUri: root,
  credentialScopes: ["https://management.azure.com/.default"],
  credentials: { scopes: ["https://management.azure.com/.default"] },
  retryOptions: { maxRetries: 0 },
  additionalPolicies: [{ policy: recorder, position: "perRetry" }],
};

/** For pollers, which wait two seconds between requests by themselves. */
export const fast = { updateIntervalInMs: 5 };

/** One thing that has to work. */
export const step = (name, work) => attempt(name, failures, work);

/** One thing that the local Azure need not do: named when it does not, and counted as soon as it does. */
export const pending = (name, work) => attempt(name, unsupported, work);

async function attempt(name, faults, work) {
  try {
    return await work();
  } catch (error) {
    faults.push(`${name}: ${error.statusCode ?? error.status ?? error.name} ${error.code ?? ""} ${error.message}`.slice(0, 600));
    return undefined;
  }
}

/** A step that has to be refused with this status and code. */
export const refused = (name, status, code, work) => step(name, async () => {
  try {
    await work();
  } catch (error) {
    const found = [Number(error.statusCode ?? error.status), error.code ?? error.details?.error?.code];
    if (found[0] === status && (code === undefined || found[1] === code)) return;
    throw error;
  }
  throw new Error(`was not refused with ${status} ${code}`);
});

export function equal(actual, expected, what) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(`${what}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`);
}

export function isTrue(condition, what) {
  if (!condition) throw new Error(what);
}

export async function all(pages) {
  const items = [];
  for await (const item of pages) items.push(item);
  return items;
}

export function finish(name) {
  const { version } = JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), "utf8"));
  console.log(JSON.stringify({ client: `${name}@${version}`, requests: sent, failures, unsupported }));
}
