// node reveal.mjs CHECKPOINT: prints the deployment of a checkpoint with its secrets in clear.
import { readFileSync } from "node:fs";
import { reveal } from "./format.mjs";

console.log(JSON.stringify(reveal(JSON.parse(readFileSync(process.argv[2], "utf8")).checkpoint.latest)));
