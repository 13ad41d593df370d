// Pictures of the emulator's page, each a PNG and beside it its text: `node pictures.mjs URL FOLDER`.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "./driver.mjs";

const [url, folder] = process.argv.slice(2);
process.env.OPENTOK_API_KEY ??= "10000001";

await test(url, async (page) => {
  const keep = async (name) => {
    await page.run(`document.activeElement?.blur(); scrollTo(0, 0)`);
    await page.picture(join(folder, `${name}.png`));
    const text = await page.run(`document.querySelector("main").innerText`);
    // A search for lost keys must not find the one that everybody knows.
    writeFileSync(join(folder, `${name}.txt`), `${text.replace(/'-----BEGIN[^']*'/g, "'…'")}\n`);
  };
  const { sessionId, path } = await page.room("Ada", "Björk", "Kofi", "Priya");
  await page.control("POST", `sessions/${path}/clients`, { role: "moderator", data: "Noor", publish: [{ name: "Slides", videoType: "screen" }] });
  await page.control("POST", `sessions/${path}/clients`, { role: "subscriber", data: "Eve" });
  await page.control("POST", "operations/start_archive", { input: { sessionId, name: "Weekly" } });
  await page.control("POST", "operations/signal_session", { input: { sessionId, type: "chat", data: "Hello" } });
  await page.size(1280, 820);
  await page.go(`session/${path}`, "Session");
  await page.shows("signal");
  await keep("room");
  await page.go("overview", "Overview");
  await keep("overview");
});
