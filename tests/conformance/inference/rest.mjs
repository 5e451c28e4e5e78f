// @azure-rest/ai-inference against one endpoint. Arguments: base URI; the key comes by environment. Prints one JSON document.
import ModelClient, { isUnexpected } from "@azure-rest/ai-inference";
import { AzureKeyCredential } from "@azure/core-auth";
import { createSseStream } from "@azure/core-sse";

const client = ModelClient(process.argv[2], new AzureKeyCredential(process.env.AZURE_INFERENCE_CREDENTIAL));
const messages = [{ role: "user", content: "What is 123 + 456? Answer with the number only." }];

const info = await client.path("/info").get();
if (isUnexpected(info)) throw new Error(`info: ${info.status} ${JSON.stringify(info.body)}`);

const chat = await client.path("/chat/completions").post({ body: { messages, max_tokens: 64 } });
if (isUnexpected(chat)) throw new Error(`chat: ${chat.status} ${JSON.stringify(chat.body)}`);

const response = await client.path("/chat/completions").post({ body: { messages, max_tokens: 64, stream: true } }).asNodeStream();
if (response.status !== "200") throw new Error(`stream: ${response.status}`);
let streamed = "";
let chunks = 0;
for await (const event of createSseStream(response.body)) {
  if (event.data === "[DONE]") break;
  chunks++;
  for (const choice of JSON.parse(event.data).choices) streamed += choice.delta?.content ?? "";
}

console.log(JSON.stringify({ model: info.body.model_name, answer: chat.body.choices[0].message.content, usage: chat.body.usage, streamed, chunks }));
