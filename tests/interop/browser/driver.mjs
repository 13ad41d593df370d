// The emulator's page in headless Chromium, for its tests. BROWSER names the browser.

import { writeFileSync } from "node:fs";

import { withChromium } from "./chromium.mjs";

/** Names and data as a hostile or careless client sends them. */
export const HOSTILE = ["<img src=x onerror=alert(1)>", "<script>alert(2)</script>", "\u202egnp.exe", "a\u0000b\u001b[31m", "\"'`${alert(3)}", "javascript:alert(4)", "x".repeat(900), "محمد \u200f张伟", "&lt;b&gt;", "__proto__"];

/** Runs a test with a page; prints what is wrong and fails the process. */
export function test(url, check) {
  return withChromium(async (browser) => {
    const page = await Page.open(browser, url);
    await check(page);
    page.judge();
  });
}

export function equal(found, wanted, what) {
  const [one, other] = [found, wanted].map((it) => JSON.stringify(it));
  if (one !== other) throw new Error(`${what}: ${one} instead of ${other}`);
}

class Page {
  static async open(browser, url) {
    const page = new Page();
    page.tab = await browser.open("about:blank");
    page.url = url;
    await page.send("Network.enable");
    await page.size(1280, 900);
    await page.send("Page.navigate", { url: `${url}/` });
    await page.until("the overview", `document.querySelector("main h2")?.innerText === "Overview"`);
    return page;
  }

  get events() {
    return this.tab.events;
  }

  send(method, params) {
    return this.tab.send(method, params);
  }

  run(expression) {
    return this.tab.run(expression);
  }

  /** Waits until something is so. */
  until(what, expression) {
    return this.tab.until(what, expression);
  }

  /** Waits until the view holds a text. */
  shows(text) {
    return this.until(text, `document.querySelector("main").innerText.includes(${JSON.stringify(text)})`);
  }

  /** Opens a view by its address, and waits for its heading. */
  async go(path, heading) {
    await this.run(`location.hash = ${JSON.stringify(`#/${path}`)}; true`);
    await this.until(`${path}: ${heading}`, `document.querySelector("main h2")?.innerText.startsWith(${JSON.stringify(heading)})`);
  }

  /** Presses the first button or link that begins with a text, within an element. */
  press(label, within = "body") {
    return this.run(`(() => {
      const all = [...document.querySelectorAll(${JSON.stringify(`${within} button, ${within} a, ${within} summary`)})];
      const it = all.find((it) => it.textContent.startsWith(${JSON.stringify(label)}));
      if (!it) throw new Error("nothing to press: " + ${JSON.stringify(label)});
      it.click();
      return true;
    })()`);
  }

  /** Fills in the fields of the form whose button has a label, and sends it. */
  submit(label, fields) {
    return this.run(`(() => {
      const form = [...document.forms].find((it) => it.querySelector("button.main").textContent === ${JSON.stringify(label)});
      for (const [name, value] of Object.entries(${JSON.stringify(fields)})) {
        if (typeof value === "boolean") form.elements[name].checked = value;
        else form.elements[name].value = value;
      }
      form.requestSubmit();
      return true;
    })()`);
  }

  async key(key, code = key.toUpperCase().charCodeAt(0)) {
    const text = key.length === 1 ? key : key === "Enter" ? "\r" : undefined;
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", key, windowsVirtualKeyCode: code, text });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, windowsVirtualKeyCode: code });
  }

  size(width, height) {
    return this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 500 });
  }

  media(features) {
    return this.send("Emulation.setEmulatedMedia", { features: Object.entries(features).map(([name, value]) => ({ name, value })) });
  }

  async picture(file) {
    writeFileSync(file, Buffer.from((await this.send("Page.captureScreenshot", { format: "png" })).data, "base64"));
  }

  /** A call of the control API. */
  async control(method, path, body) {
    const response = await fetch(`${this.url}/_emulator/${path}`, { method, body: body && JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** A session with clients that publish a camera each. */
  async room(...names) {
    const { sessionId } = await this.control("POST", "sessions", { project: process.env.OPENTOK_API_KEY });
    const path = encodeURIComponent(sessionId);
    for (const data of names) await this.control("POST", `sessions/${path}/clients`, { role: "publisher", data, publish: [{ name: data }] });
    return { sessionId, path };
  }

  /** What must hold whatever was tested: nothing from outside ran, and nobody outside was asked. */
  judge() {
    for (const { method, params } of this.events) {
      if (method === "Page.javascriptDialogOpening") throw new Error("a script from outside ran");
      if (method === "Runtime.exceptionThrown") throw new Error(`an exception: ${JSON.stringify(params)}`);
      if (method === "Log.entryAdded" && params.entry.source === "security") throw new Error(params.entry.text);
      const asked = method === "Network.requestWillBeSent" ? params.request.url : this.url;
      if (!asked.startsWith(`${this.url}/`) && asked !== this.url && !asked.startsWith("about:")) throw new Error(`asked the outside: ${asked}`);
    }
  }
}
