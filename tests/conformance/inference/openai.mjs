// The OpenAI client against the /v1 route of one endpoint. Arguments: base URI; the key comes by environment. Prints one JSON document.
import OpenAI from "openai";

const base = process.argv[2].replace(/\/$/, "");
const client = new OpenAI({ baseURL: `${base}/v1`, apiKey: process.env.AZURE_INFERENCE_CREDENTIAL, maxRetries: 0 });
const request = { model: "any", messages: [{ role: "user", content: "What is 123 + 456? Answer with the number only." }], max_tokens: 64 };

const chat = await client.chat.completions.create(request);
let streamed = "";
let chunks = 0;
for await (const chunk of await client.chat.completions.create({ ...request, stream: true })) {
  chunks++;
  streamed += chunk.choices[0]?.delta?.content ?? "";
}

console.log(JSON.stringify({ model: chat.model, answer: chat.choices[0].message.content, usage: chat.usage, streamed, chunks }));
