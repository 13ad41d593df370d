// Web pages in rooms of the emulator: `node rooms.mjs SCENARIO URL`. BROWSER names the browser; OPENTOK_API_KEY and
// OPENTOK_API_SECRET are those of a demo project. Exits with 0 when everything was as it should be, and says what was not.

import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

import { Chromium } from "./chromium.mjs";
import { others } from "./others.mjs";
import { scenarios } from "./scenarios.mjs";

const [scenario, url] = process.argv.slice(2);
const { OPENTOK_API_KEY: key, OPENTOK_API_SECRET: secret } = process.env;

/** A call of the control API. */
async function control(method, path, body) {
  const response = await fetch(`${url}/_emulator/${path}`, { method, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? null : response.json();
}

/** A call of the API with the demo project's credentials. */
async function rest(method, path, body) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part({ iss: key, ist: "project", iat: now, exp: now + 180 })}`;
  const signature = createHmac("sha256", secret).update(signed).digest("base64url");
  const headers = { "x-opentok-auth": `${signed}.${signature}`, accept: "application/json", "content-type": "application/json" };
  const response = await fetch(`${url}/v2/project/${key}/${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

const page = readFileSync(new URL("room.html", import.meta.url), "utf8").replace("EMULATOR", url);
const server = createServer((_, response) => response.setHeader("content-type", "text/html").end(page));
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

/** A room: a session, and tabs in it. */
class Room {
  static async open(browser) {
    const room = new Room();
    room.browser = browser;
    room.session = (await control("POST", "sessions", { project: key })).sessionId;
    room.path = `sessions/${encodeURIComponent(room.session)}`;
    return room;
  }

  token(role = "publisher") {
    return control("POST", "tokens", { sessionId: this.session, role }).then(({ token }) => token);
  }

  /** A tab that joins, and publishes unless it is told not to. */
  async tab(name, { role = "publisher", publishes = true, options = {}, token } = {}) {
    const parameters = { apiKey: key, sessionId: this.session, token: token ?? (await this.token(role)), name, publishes, options };
    const query = Object.entries(parameters).map(([it, value]) => `${it}=${encodeURIComponent(JSON.stringify(value))}`).join("&");
    return this.browser.open(`http://localhost:${server.address().port}/?${query}`);
  }

  /** Two tabs that see each other. The second finds the first one's stream when it comes. */
  async pair() {
    const ann = await this.tab("Ann");
    await ann.until("its own stream", `heard("streamCreated", "publisher").length === 1`);
    const tabs = [ann, await this.tab("Bob")];
    for (const tab of tabs) await tab.until("the other one's video", "videos().length === 1");
    return tabs;
  }
}

const limit = setTimeout(() => { console.error("took too long"); process.exit(1); }, 150_000);
const browser = new Chromium();
try {
  const room = () => Room.open(browser);
  await { ...scenarios, ...others }[scenario]({ browser, room, control, rest, url });
} catch (error) {
  console.error(error.stack);
  process.exitCode = 1;
} finally {
  clearTimeout(limit);
  await browser.close();
  server.close();
  server.closeAllConnections();
}
