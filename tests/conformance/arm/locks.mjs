// Management locks at every level, as @azure/arm-locks asks for them.
import { ManagementLockClient } from "@azure/arm-locks";
import { ResourceManagementClient } from "@azure/arm-resources";
import { all, credential, equal, fast, finish, group, groupId, isTrue, location, options, pending, step, subscription } from "./suite.mjs";

const client = new ManagementLockClient(credential, subscription, options);
const setup = new ResourceManagementClient(credential, subscription, { endpoint: options.endpoint });
const storage = `${groupId}/providers/Microsoft.Storage/storageAccounts/locksuite`;
const lock = { level: "CanNotDelete", notes: "suite" };
const at = [group, "Microsoft.Storage", "", "storageAccounts", "locksuite"];
const locks = client.managementLocks;
await setup.resourceGroups.createOrUpdate(group, { location });
await setup.resources.beginCreateOrUpdateByIdAndWait(storage, "2024-01-01", { location, kind: "StorageV2", sku: { name: "Standard_LRS" } }, fast);

await step("at the subscription", async () => {
  await locks.createOrUpdateAtSubscriptionLevel("s", lock);
  equal((await locks.getAtSubscriptionLevel("s")).level, "CanNotDelete", "level");
  isTrue((await all(locks.listAtSubscriptionLevel())).some((one) => one.name === "s"), "it is listed");
  await locks.deleteAtSubscriptionLevel("s");
});
await step("at a resource group", async () => {
  await locks.createOrUpdateAtResourceGroupLevel(group, "g", lock);
  equal((await locks.getAtResourceGroupLevel(group, "g")).notes, "suite", "notes");
  equal((await all(locks.listAtResourceGroupLevel(group))).map((one) => one.name), ["g"], "names");
  await locks.deleteAtResourceGroupLevel(group, "g");
});
await step("at a resource", async () => {
  await locks.createOrUpdateAtResourceLevel(...at, "r", lock);
  equal((await locks.getAtResourceLevel(...at, "r")).level, "CanNotDelete", "level");
  equal((await all(locks.listAtResourceLevel(...at))).length, 1, "count");
  await locks.deleteAtResourceLevel(...at, "r");
});
await step("by scope", async () => {
  await locks.createOrUpdateByScope(storage, "b", lock);
  await locks.getByScope(storage, "b");
  equal((await all(locks.listByScope(storage))).length, 1, "count");
  await locks.deleteByScope(storage, "b");
});
await pending("operations.list", () => all(client.authorizationOperations.list()));
finish("@azure/arm-locks");
