// Opens pages in a headless Chromium on a screen 360 pixels wide, light and dark, and prints what a reader would not want:
// {"file": {console: [..], requests: [..], wide: [..], scripts: n, text: "..."}}
// usage: node page.mjs CHROMIUM PROFILE_FOLDER FILE...
import { spawn } from "node:child_process";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import CDP from "chrome-remote-interface";

const [chromium, profile, ...files] = process.argv.slice(2);
const browser = spawn(
  chromium,
  ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", `--user-data-dir=${profile}`, "--remote-debugging-port=0", "about:blank"],
  { stdio: ["ignore", "ignore", "pipe"] },
);

const port = await new Promise((resolve, reject) => {
  let text = "";
  browser.stderr.on("data", (data) => {
    text += data;
    const match = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(text);
    if (match) resolve(Number(match[1]));
  });
  browser.on("exit", () => reject(new Error(`Chromium ended: ${text}`)));
});

async function look(file, scheme) {
  const url = pathToFileURL(file).href;
  const target = await CDP.New({ port, host: "127.0.0.1" });
  const client = await CDP({ port, host: "127.0.0.1", target });
  const { Network, Page, Log, Runtime, Emulation } = client;
  const seen = { console: [], requests: [], wide: [] };
  Log.entryAdded(({ entry }) => seen.console.push(`${entry.level}: ${entry.text}`));
  Runtime.consoleAPICalled(({ args }) => seen.console.push(JSON.stringify(args)));
  Runtime.exceptionThrown(({ exceptionDetails }) => seen.console.push(exceptionDetails.text));
  Network.requestWillBeSent(({ request }) => request.url !== url && seen.requests.push(request.url));
  await Promise.all([Network.enable(), Page.enable(), Log.enable(), Runtime.enable()]);
  await Emulation.setDeviceMetricsOverride({ width: 360, height: 740, deviceScaleFactor: 2, mobile: true });
  await Emulation.setEmulatedMedia({ features: [{ name: "prefers-color-scheme", value: scheme }] });
  const loaded = Page.loadEventFired();
  await Page.navigate({ url });
  await loaded;
  const expression = `(() => {
    document.querySelectorAll("details").forEach((item) => { item.open = true; });
    const page = document.documentElement;
    return JSON.stringify({
      overflow: page.scrollWidth > 360 ? [page.scrollWidth] : [],
      scripts: document.scripts.length + document.querySelectorAll("[onerror],[onload],[onclick],img,iframe,link,object").length,
      background: getComputedStyle(document.body).backgroundColor,
      text: document.body.innerText.slice(0, 2000),
    });
  })()`;
  const { result } = await Runtime.evaluate({ expression });
  const { overflow, ...facts } = JSON.parse(result.value);
  await CDP.Close({ port, host: "127.0.0.1", id: target.id });
  return { ...seen, ...facts, wide: overflow };
}

try {
  const report = {};
  for (const file of files) {
    report[basename(file)] = { light: await look(file, "light"), dark: await look(file, "dark") };
  }

  console.log(JSON.stringify(report));
} finally {
  browser.removeAllListeners("exit");
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  browser.kill();
  await ended;
}
