// Headless Chromium over a pipe, with a camera, a microphone and a screen that are not real. BROWSER names the browser.

import { spawn } from "node:child_process";

import * as profiles from "./profile.mjs";

/** Five pictures a second are enough, and spare a machine that is busy. */
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe",
  "--use-fake-device-for-media-stream=fps=5", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required",
  // A container without a network has no other addresses, and no names for them.
  "--allow-loopback-in-peer-connection", "--disable-features=WebRtcHideLocalIpsWithMdns,LocalNetworkAccessChecks",
  // Tabs behind others go on.
  "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding",
];

export class Chromium {
  #counted = 0;
  #pending = "";
  #waiting = new Map();
  #heard = new Map();

  constructor(flags = []) {
    this.profile = profiles.create("chromium");
    this.process = spawn(process.env.BROWSER, [...FLAGS, ...flags, `--user-data-dir=${this.profile}`], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
      env: { ...process.env, HOME: this.profile },
    });
    this.process.on("error", (error) => { console.error(`the browser does not start: ${error.message}`); process.exit(1); });
    this.process.stdio[4].on("data", (chunk) => this.#read(chunk));
  }

  #read(chunk) {
    this.#pending += chunk;
    const messages = this.#pending.split("\0");
    this.#pending = messages.pop();
    for (const message of messages.map((text) => JSON.parse(text))) {
      if (message.id === undefined) this.#heard.get(message.sessionId)?.push(message);
      else this.#waiting.get(message.id)?.(message);
    }
  }

  send(method, params = {}, sessionId = undefined) {
    this.#counted += 1;
    const id = this.#counted;
    this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, ({ result, error }) => {
      this.#waiting.delete(id);
      if (error) reject(new Error(`${method}: ${error.message}`));
      else resolve(result);
    }));
  }

  async open(url) {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const events = [];
    this.#heard.set(sessionId, events);
    const tab = new Tab(this, targetId, sessionId, events);
    for (const domain of ["Runtime", "Log", "Page"]) await tab.send(`${domain}.enable`);
    await tab.send("Page.navigate", { url });
    await tab.until("the page", `location.href === ${JSON.stringify(url)} && document.readyState === "complete"`);
    return tab;
  }

  async close() {
    const exited = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill();
    await exited;
    await profiles.discard(this.profile);
  }
}

/** Runs a check with a browser; prints what is wrong and fails the process. */
export async function withChromium(check) {
  const browser = new Chromium();
  const timer = setTimeout(() => { console.error("took too long"); process.exitCode = 1; browser.process.kill(); }, 150_000);
  try {
    await check(browser);
  } catch (error) {
    console.error(error.stack);
    process.exitCode = 1;
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}

class Tab {
  constructor(browser, targetId, sessionId, events) {
    Object.assign(this, { browser, targetId, sessionId, events });
  }

  send(method, params) {
    return this.browser.send(method, params, this.sessionId);
  }

  /** Evaluates an expression, as after a click of the user. */
  async run(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true, userGesture: true });
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    return result.value;
  }

  /** Waits until something is so. */
  async until(what, expression) {
    for (let tries = 0; tries < 400; tries += 1) {
      const value = await this.run(expression);
      if (value) return value;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`never came: ${what}\n${await this.run("typeof log === 'undefined' ? document.body.outerHTML : JSON.stringify(log)")}`);
  }

  /** What went wrong in the page. */
  exceptions() {
    return this.events.filter(({ method }) => method === "Runtime.exceptionThrown").map(({ params }) => params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
  }

  /** What the page wrote into the console. */
  console() {
    return this.events.filter(({ method }) => method === "Runtime.consoleAPICalled").map(({ params }) => params.args.map(({ value }) => value).join(" "));
  }

  close() {
    return this.browser.send("Target.closeTarget", { targetId: this.targetId });
  }
}
