// Drives the emulator's page in headless Chromium over a pipe: `node page.mjs URL [SCREENSHOT]`. BROWSER names the browser.
// Exits with 0 when everything was as it should be, and says what was not.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [url, screenshot] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "page-"));
const browser = spawn(process.env.BROWSER, [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", `--user-data-dir=${profile}`, "--remote-debugging-pipe",
], {
  stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  env: { ...process.env, HOME: profile },
});
browser.on("error", (error) => { console.error(`the browser does not start: ${error.message}`); process.exit(1); });

let counted = 0;
let pending = "";
const waiting = new Map();
const events = [];
browser.stdio[4].on("data", (chunk) => {
  pending += chunk;
  const messages = pending.split("\0");
  pending = messages.pop();
  for (const message of messages.map((text) => JSON.parse(text))) {
    if (message.id === undefined) events.push(message);
    else waiting.get(message.id)?.(message);
  }
});

function send(method, params = {}, sessionId = undefined) {
  counted += 1;
  browser.stdio[3].write(`${JSON.stringify({ id: counted, method, params, sessionId })}\0`);
  return new Promise((resolve, reject) => waiting.set(counted, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result))));
}

let page;
const tell = (method, params) => send(method, params, page);

async function run(expression) {
  const { result, exceptionDetails } = await tell("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
  if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
  return result.value;
}

/** Waits until something is so. */
async function until(what, expression) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await run(expression)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`never came: ${what}\n${await run("document.body.innerText")}`);
}

// Before the page is there, nothing is in it.
const text = (id) => `(document.getElementById(${JSON.stringify(id)})?.innerText ?? "")`;
const choose = (id, value) => run(`(() => { const it = document.getElementById(${JSON.stringify(id)}); it.value = ${JSON.stringify(value)}; it.dispatchEvent(new Event("change")); })()`);
const boxes = (count) => `document.querySelectorAll("#preview rect").length === ${count}`;
const press = (label) => run(`(() => { const it = [...document.querySelectorAll("button")].find((it) => (it.getAttribute("aria-label") ?? it.textContent).startsWith(${JSON.stringify(label)})); it.click(); return true; })()`);
const control = (method, path, body) => fetch(`${url}/_emulator/${path}`, { method, body: JSON.stringify(body) }).then((it) => (it.status === 204 ? null : it.json()));

/** A call of the API with the demo project's credentials. */
async function api(method, path, body) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ iss: process.env.OPENTOK_API_KEY, ist: "project", iat: now, exp: now + 180 })}`;
  const signature = createHmac("sha256", process.env.OPENTOK_API_SECRET).update(signed).digest("base64url");
  const headers = { "x-opentok-auth": `${signed}.${signature}`, accept: "application/json" };
  const answer = await fetch(`${url}${path.replace("{project}", process.env.OPENTOK_API_KEY)}`, { method, headers, body });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function check() {
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  page = (await send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
  for (const domain of ["Runtime", "Log", "Network", "Page"]) await tell(`${domain}.enable`);
  await tell("Emulation.setDeviceMetricsOverride", { width: 1280, height: 1160, deviceScaleFactor: 1, mobile: false });
  await tell("Page.navigate", { url: `${url}/` });
  await until("the clock", `${text("clock")}.includes("UTC")`);

  await press("New session");
  await until("a session", `${text("sessions")}.includes("routed")`);
  await press("Add a client");
  await until("a client", `${text("clients")}.includes("publisher")`);

  // Names and data from outside are text, whatever they hold.
  const session = await run(text("session-id"));
  const evil = "<img src=x onerror=alert(1)><script>alert(2)</script>";
  const room = `sessions/${encodeURIComponent(session)}/clients`;
  const { connectionId } = await control("POST", room, { role: "publisher", publish: [{ name: evil, videoType: "screen" }] });
  await until("the name as it is", `${text("clients")}.includes("<img src=x")`);
  if (await run(`document.querySelectorAll("#clients img, #clients script, svg img").length`)) throw new Error("a name became an element");
  await until("a picture", boxes(2));

  for (let more = 0; more < 14; more += 1) await control("POST", room, { role: "publisher", publish: [{ name: `camera ${more}` }] });
  await until("sixteen streams", boxes(16));
  await choose("layout", "pip");
  await until("picture in picture", boxes(2));
  await choose("layout", "verticalPresentation");
  await until("a large one and five", boxes(6));
  await choose("layout", "bestFit");
  await until("the grid again", boxes(16));
  await choose("screenshare", "horizontalPresentation");
  await until("the shared screen first", `${boxes(6)} && document.querySelector("#preview rect").getAttribute("class") === "screen"`);
  await choose("screenshare", "");

  await press("Mute ");
  await until("a muted stream", `${text("clients")}.includes("muted")`);
  const before = await run(`document.querySelectorAll("#clients > li").length`);
  await press("Disconnect ");
  await until("one client fewer", `document.querySelectorAll("#clients > li").length === ${before - 1}`);
  const now = (await control("PUT", "clock", {})).now;
  await press("+1 h");
  await until("an hour later", `fetch("/_emulator/clock").then((it) => it.json()).then((it) => it.now >= ${now + 3600000})`);
  await press("Make trouble");
  await until("trouble", `${text("faults")}.includes("status")`);
  await fetch(`${url}/v2/project/1/archive`);
  await until("the request", `${text("requests")}.includes("list_archives") && ${text("requests")}.includes("503")`);

  // What calls of the API bring about: an archive with its picture, a broadcast, webhooks.
  await press("End all trouble");
  await control("PUT", "webhooks", { targets: [{ url: "http://127.0.0.1:1/hook", secret: "known", events: ["archive"] }] });
  const [{ session_id: recorded }] = await api("POST", "/session/create", "p2p.preference=disabled");
  const people = ["Ann", "Bob", "Carla"].map((name) => ({ name, videoType: "camera" }));
  await control("POST", `sessions/${recorded}/clients`, { role: "publisher", publish: [...people, { name: "slides", videoType: "screen" }] });
  const layout = { type: "horizontalPresentation" };
  const archive = await api("POST", "/v2/project/{project}/archive", JSON.stringify({ sessionId: recorded, name: "Weekly", layout }));
  await api("POST", "/v2/project/{project}/broadcast", JSON.stringify({ sessionId: recorded, outputs: { hls: {} }, resolution: "1280x720" }));
  await until("the archive", `${text("archives")}.includes("Weekly")`);
  await until("the broadcast", `${text("broadcasts")}.includes("hls")`);
  await until("the webhook", `${text("webhooks")}.includes("archive")`);
  await press(`Show the layout of archive ${archive.id}`);
  await until("the archive's picture", `${boxes(4)} && ${text("picture-of")}.startsWith("horizontalPresentation, 640x480")`);
  await control("POST", `sessions/${recorded}/clients`, { role: "publisher", publish: [{ name: "Dan" }] });
  await until("one more in the archive's picture", boxes(5));
  await press(`Show session ${session}`);
  await until("the session's picture again", boxes(15));

  // By keyboard alone: the first button is reached by Tab and pressed by Enter.
  await run("document.activeElement?.blur()");
  const key = async (name, code, character) => {
    await tell("Input.dispatchKeyEvent", { type: "keyDown", key: name, code: name, windowsVirtualKeyCode: code, text: character });
    await tell("Input.dispatchKeyEvent", { type: "keyUp", key: name, code: name, windowsVirtualKeyCode: code });
  };
  await run(`document.querySelector("[data-advance]").focus(); true`);
  await key("Tab", 9);
  if ((await run("document.activeElement.textContent")) !== "+1 min") throw new Error("Tab does not lead to the next button");
  await run("new Promise((resolve) => setTimeout(resolve, 1500))");
  if ((await run("document.activeElement.textContent")) !== "+1 min") throw new Error("the focus does not stay");
  await key("Enter", 13, "\r");

  await fetch(`${url}/_emulator/${room}/${connectionId}`, { method: "DELETE" });
  await press(`Show session ${recorded}`);
  await choose("screenshare", "horizontalPresentation");
  await until("the shared screen in the middle", boxes(5));
  await run("document.activeElement?.blur()");
  await run("scrollTo(0, 0)");
  if (screenshot) writeFileSync(screenshot, Buffer.from((await tell("Page.captureScreenshot", { format: "png" })).data, "base64"));

  await tell("Emulation.setDeviceMetricsOverride", { width: 360, height: 740, deviceScaleFactor: 2, mobile: true });
  await run("new Promise((resolve) => setTimeout(resolve, 200))");
  const wide = await run("document.documentElement.scrollWidth");
  if (wide > 360) throw new Error(`on a phone the page is ${wide} pixels wide`);

  for (const event of events) {
    if (event.method === "Page.javascriptDialogOpening") throw new Error("a script from outside ran");
    if (event.method === "Runtime.exceptionThrown") throw new Error(`an exception: ${JSON.stringify(event.params)}`);
    if (event.method === "Log.entryAdded" && event.params.entry.source === "security") throw new Error(event.params.entry.text);
    const asked = event.method === "Network.requestWillBeSent" ? event.params.request.url : url;
    if (!asked.startsWith(url) && !asked.startsWith("about:")) throw new Error(`asked the outside: ${asked}`);
  }
}

const limit = setTimeout(() => { console.error("took too long"); process.exitCode = 1; browser.kill(); }, 120_000);
try {
  await check();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  clearTimeout(limit);
  const exited = new Promise((resolve) => browser.once("exit", resolve));
  browser.kill();
  await exited;
  // Its helpers may still write for a moment.
  rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
