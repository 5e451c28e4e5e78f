"use strict";
// What infra/ has registered, registered again through the typed classes of the npm SDK.
const fs = require("fs");
const path = require("path");
const pulumi = require("@pulumi/pulumi");

for (const { type, name, custom, inputs } of JSON.parse(fs.readFileSync(path.join(__dirname, "registrations.json")))) {
  const [pkg, module, className] = type.split(":");
  if (custom && pkg === "azure-native") {
    const Resource = require(`@pulumi/azure-native/${module}`)[className];
    new Resource(name, inputs);
  } else if (type !== "pulumi:pulumi:Stack" && pkg !== "pulumi") {
    new pulumi.ComponentResource(type, name);
  }
}
