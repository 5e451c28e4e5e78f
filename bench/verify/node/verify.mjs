// The calls of `deploy verify` on a healthy endpoint, on Azure's own client. usage: AZURE_INFERENCE_CREDENTIAL=... node verify.mjs URI
import ModelClient, { isUnexpected } from "@azure-rest/ai-inference";
import { AzureKeyCredential } from "@azure/core-auth";
import { createSseStream } from "@azure/core-sse";

const uri = process.argv[2];
const open = (key) => ModelClient(uri, new AzureKeyCredential(key), { allowInsecureConnection: true });
const client = open(process.env.AZURE_INFERENCE_CREDENTIAL);
const number = () => 100 + Math.floor(Math.random() * 900);
const draw = () => [number(), number()];
const ask = ([left, right]) => `What is ${left} + ${right}? Answer with the number only.`;
const user = (content) => [{ role: "user", content }];

function must(condition, what) {
  if (!condition) {
    throw new Error(what);
  }
}

async function chat(body, headers = {}, by = client) {
  return by.path("/chat/completions").post({ body, headers });
}

async function sum(messages, question, extra = {}) {
  const response = await chat({ messages, max_tokens: 64, temperature: 0, ...extra });
  must(!isUnexpected(response), `status ${response.status}`);
  must(response.body.choices[0].message.content.includes(String(question[0] + question[1])), "the sum is wrong");
}

async function stream(content, tokens) {
  const response = await client.path("/chat/completions").post({ body: { messages: user(content), max_tokens: tokens, stream: true } }).asNodeStream();
  must(response.status === "200", `stream: ${response.status}`);
  let text = "";
  for await (const event of createSseStream(response.body)) {
    if (event.data === "[DONE]") {
      break;
    }

    for (const choice of JSON.parse(event.data).choices) {
      text += choice.delta?.content ?? "";
    }
  }

  return text;
}

const long = ([left, right]) => `What is ${left} + ${right}? Explain every step of the addition in at least one hundred words, digit by digit.`;
const info = await client.path("/info").get();
must(!isUnexpected(info) && info.body.model_name === "Phi-4-mini-instruct", "info");

let question = draw();
await sum(user(ask(question)), question);
for (const key of ["WrongWrongWrongWrongWrongWrong12", "x"]) {
  must((await chat({ messages: user(ask(draw())), max_tokens: 64 }, {}, open(key))).status === "401", "a wrong key counts");
}

question = draw();
must((await stream(ask(question), 64)).includes(String(question[0] + question[1])), "the streamed sum is wrong");
await stream(long(draw()), 32);
must((await chat({ messages: user(long(draw())), max_tokens: 16 })).body.usage.completion_tokens <= 17, "max_tokens");
must(!isUnexpected(await chat({ messages: user(ask(draw())), max_tokens: 64, temperature: 0.2, top_p: 0.9, frequency_penalty: 0.1, presence_penalty: 0.1, stop: ["7"] })), "parameters");
question = draw();
await sum([{ role: "system", content: "You are a careful calculator." }, ...user(ask(question))], question);
for (const [option, status] of [[undefined, "400"], ["drop", "200"], ["pass-through", "200"]]) {
  const response = await chat({ messages: user(ask(draw())), max_tokens: 16, deploy_verify_unknown: 1 }, option ? { "extra-parameters": option } : {});
  must(response.status === status, `extra ${option}: ${response.status}`);
}

must((await fetch(`${uri}/v1/chat/completions`, {
  method: "POST",
  headers: { "content-type": "application/json", authorization: `Bearer ${process.env.AZURE_INFERENCE_CREDENTIAL}` },
  body: JSON.stringify({ model: "Phi-4-mini-instruct", messages: user(ask(draw())), max_tokens: 64 }),
})).status === 200, "the OpenAI route");
console.log("ok");
