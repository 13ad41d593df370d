// Every view of the emulator's page before the rules of WCAG, in both themes, wide and narrow:
// `node page_access.mjs URL`. The rules are those of axe-core, which NODE_PATH leads to.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { HOSTILE, test } from "./driver.mjs";

const RULES = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js", { paths: [process.env.NODE_PATH] }), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

await test(process.argv[2], async (page) => {
  await page.control("PUT", "webhooks", { targets: [{ url: "http://127.0.0.1:1/hook", secret: "known" }] });
  await page.control("POST", "faults", { on: "list_archives", do: "status", status: 503 });
  const { path } = await page.room("Ada", ...HOSTILE);
  const project = process.env.OPENTOK_API_KEY;
  for (const [operation, input] of [["start_archive", { name: HOSTILE[0] }], ["start_broadcast", { outputs: { hls: {} } }], ["start_captions", {}], ["mute_all", {}]]) {
    await page.control("POST", `operations/${operation}`, { input: { sessionId: decodeURIComponent(path), ...input } });
  }
  await page.control("POST", "operations/list_archives", { project, input: {} }).catch(() => {});
  const { items: [{ number }] } = await page.control("GET", "requests?latest=1");

  const views = [["overview", "Overview"], ["sessions", "Sessions"], [`session/${path}`, "Session"], ["archives", "Archives"], ["broadcasts", "Broadcasts"], ["requests", "Requests"],
    [`requests/${number}`, "Requests"], ["webhooks", "Webhooks"], ["webhooks/1", "Webhooks"], ["faults", "Faults"], ["tokens", "Tokens"], ["session/none", "No such session"]];
  await page.run(`${RULES};0`);
  const wrong = [];
  const judge = async (where) => {
    const found = await page.run(`axe.run(document, { resultTypes: ["violations"], runOnly: ${JSON.stringify(TAGS)} })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 120)).join(" | ")))`);
    wrong.push(...found.map((it) => `${where}: ${it}`));
    const width = await page.run("document.documentElement.scrollWidth - innerWidth");
    if (width > 0) wrong.push(`${where}: ${width} pixels too wide`);
  };
  for (const width of [1280, 390]) {
    await page.size(width, 900);
    for (const scheme of ["light", "dark"]) {
      await page.media({ "prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce" });
      for (const [view, heading] of views) {
        await page.go(view, heading);
        if (view.includes("/") && !view.startsWith("session")) await page.until("the detail", `document.querySelector(".opened h3")`);
        await page.run(`document.querySelectorAll("main details").forEach((it) => { it.open = true; }); scrollTo(0, 0)`);
        await judge(`${width} ${scheme} ${view.slice(0, 20)}`);
      }
      await page.press("? keys");
      await judge(`${width} ${scheme} keys`);
      await page.press("Close", "dialog");
    }
  }
  if (wrong.length) throw new Error(wrong.join("\n"));
  const moving = await page.run("document.getAnimations().length");
  if (moving) throw new Error(`${moving} animations although motion is to be reduced`);
});
