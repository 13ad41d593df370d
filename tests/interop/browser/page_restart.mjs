// The emulator's page over a restart: `node page_restart.mjs URL RESTART`. A request to RESTART ends
// the emulator and starts another one at the same address.

import { equal, test } from "./driver.mjs";

const [url, restart] = process.argv.slice(2);

await test(url, async (page) => {
  const { path } = await page.room("Ada");
  await page.go(`session/${path}`, "Session");
  await page.shows("Ada");
  await page.run(`globalThis.same = true`);
  const response = await fetch(restart);
  equal(response.status, 200, "the restart");
  await page.until("it is noticed", `document.querySelector("main").innerText.includes("No such session")`);
  await page.until("it is live", `document.querySelector("#live").innerText.includes("live")`);
  await page.press("Back to the list", "main");
  await page.shows("No sessions yet");
  await page.room("Björk");
  await page.until("the new session", `document.querySelectorAll("tbody tr").length === 1`);
  equal(await page.run("same"), true, "it is the same page");

  // Nobody does anything: the page asks for nothing, however long it is open.
  await page.until("everything is read", `new Promise((done) => setTimeout(() => done(true), 1500))`);
  const asked = () => page.events.filter(({ method }) => method === "Network.requestWillBeSent").length;
  const before = asked();
  await page.send("Emulation.setVirtualTimePolicy", { policy: "advance", budget: 600_000 });
  const expired = () => page.events.some(({ method }) => method === "Emulation.virtualTimeBudgetExpired");
  while (!expired()) await new Promise((resolve) => setTimeout(resolve, 20));
  equal(asked() - before, 0, "requests in ten idle minutes");
});
