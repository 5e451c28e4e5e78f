// Tenants, subscriptions and their locations, as @azure/arm-resources-subscriptions asks for them.
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { all, credential, equal, finish, isTrue, options, pending, refused, step, subscription, tenant } from "./suite.mjs";

const client = new SubscriptionClient(credential, options);

await step("tenants.list", async () => equal((await all(client.tenants.list())).map((one) => one.tenantId), [tenant], "tenants"));
await step("subscriptions.list", async () => equal((await all(client.subscriptions.list())).map((one) => one.subscriptionId), [subscription], "subscriptions"));
await step("subscriptions.get", async () => equal((await client.subscriptions.get(subscription)).state, "Enabled", "state"));
await step("subscriptions.listLocations", async () => isTrue((await all(client.subscriptions.listLocations(subscription))).some((one) => one.name === "eastus2"), "eastus2 is listed"));
await pending("subscriptions.checkZonePeers", () => client.subscriptions.checkZonePeers(subscription, { location: "eastus2", subscriptionIds: [`subscriptions/${subscription}`] }));
await pending("operations.list", () => all(client.operations.list()));
await refused("subscriptions.get of none", 404, "SubscriptionNotFound", () => client.subscriptions.get("00000000-0000-4000-8000-000000000000"));
finish("@azure/arm-resources-subscriptions");
