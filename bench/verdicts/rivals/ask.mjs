// What people write today to see whether an endpoint works. usage: node ask.mjs rest|openai|token targets.json limit-ms
import { readFileSync } from "node:fs";
import ModelClient, { isUnexpected } from "@azure-rest/ai-inference";
import { AzureKeyCredential } from "@azure/core-auth";
import OpenAI from "openai";

const [way, list, limit] = process.argv.slice(2);
const messages = [{ role: "user", content: "What is 2 + 2?" }];

// Text that is there is a working endpoint.
const ofText = (text) => (typeof text === "string" && text.length > 0 ? { works: true } : { works: false, kind: "43" });

const ways = {
  async rest({ uri, key }) {
    const client = ModelClient(uri, new AzureKeyCredential(key), { allowInsecureConnection: true });
    const response = await client.path("/chat/completions").post({ body: { messages }, abortSignal: AbortSignal.timeout(Number(limit)) });
    if (isUnexpected(response)) {
      return { works: false, status: Number(response.status) };
    }

    return ofText(response.body?.choices?.[0]?.message?.content);
  },

  async openai({ uri, key, model }) {
    const baseURL = uri.endsWith("/v1") ? uri : `${uri}/v1`;
    const client = new OpenAI({ baseURL, apiKey: key, timeout: Number(limit) });
    const completion = await client.chat.completions.create({ model, messages }, { signal: AbortSignal.timeout(3 * Number(limit)) });
    return ofText(completion.choices?.[0]?.message?.content);
  },

  // As gateways probe: one token, and a completion in the answer.
  async token({ uri, key }) {
    const response = await fetch(`${uri}/chat/completions?api-version=2024-05-01-preview`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ messages: [{ role: "user", content: "hi" }], max_tokens: 1 }),
      signal: AbortSignal.timeout(Number(limit)),
    });
    if (!response.ok) {
      return { works: false, status: response.status };
    }

    const body = await response.json();
    return Array.isArray(body?.choices) && body.choices.length > 0 ? { works: true } : { works: false, kind: "43" };
  },
};

// A client that throws tells a status, a fault of the connection, or of the body.
function ofError(error) {
  if (typeof error?.status === "number") {
    return { works: false, status: error.status };
  }

  if (typeof error?.statusCode === "number") {
    return { works: false, status: error.statusCode };
  }

  const text = `${error?.name} ${error?.code} ${error?.cause?.code} ${error?.message}`;
  return { works: false, kind: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|SSL|CERT/i.test(text) ? "41" : /SyntaxError|JSON|PARSE/i.test(text) ? "43" : "46" };
}

// Some clients sleep through Retry-After, however long it is and whoever cancels them; a pipeline would end them.
const patience = 4 * Number(limit);
const inTime = (work) => Promise.race([work, new Promise((resolve) => setTimeout(resolve, patience, { works: false, kind: "46" }))]);

// Several at a time, because clients wait for those that throttle or hang.
const targets = JSON.parse(readFileSync(list, "utf8"));
const results = [];
let next = 0;
await Promise.all(
  Array.from({ length: 8 }, async () => {
    for (let index = next++; index < targets.length; index = next++) {
      results[index] = await inTime(ways[way](targets[index]).catch(ofError));
    }
  }),
);

process.stdout.write(JSON.stringify(results));
process.exit(0);
