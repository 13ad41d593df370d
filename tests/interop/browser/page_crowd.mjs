// The emulator's page with a thousand sessions, twelve thousand clients and ten thousand requests:
// `node page_crowd.mjs URL`.

import { equal, test } from "./driver.mjs";

/** A page of a hundred rows with everything in it; a thousand rows would be ten times as many. */
const MOST_NODES = 6000;
/** Seconds of the page's own work for fifty events: two would be a page that cannot follow. */
const MOST_WORK = 2;

await test(process.argv[2], async (page) => {
  const nodes = async (where) => {
    const count = await page.run(`document.querySelectorAll("*").length`);
    if (count > MOST_NODES) throw new Error(`${where}: ${count} elements`);
  };
  await page.shows("1,000 Sessions");
  await page.shows("12,488 Clients");
  await page.go("sessions", "Sessions");
  await page.shows("100 of 1,000 sessions");
  await nodes("sessions");
  await page.press("Older", "main");
  await page.shows("200 of 1,000 sessions");
  await page.run(`(() => { const it = document.querySelector("[type=search]"); it.value = "client 777 of 12"; it.dispatchEvent(new Event("input")); })()`);
  await page.until("one session", `document.querySelectorAll("tbody tr").length === 1`);

  await page.go("requests", "Requests");
  await page.shows("100 of 10,000 requests");
  await nodes("requests");

  // Fifty events are fifty rows, and little work.
  await page.send("Performance.enable");
  const work = async () => (await page.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value;
  const before = await work();
  for (let each = 0; each < 50; each += 1) await fetch(`${page.url}/v2/project/1/archive?offset=${each}`);
  const newest = await page.control("GET", "requests?latest=1&summary=true");
  await page.until("the newest", `document.querySelector("tbody tr").dataset.key === "${newest.items[0].number}"`);
  equal(await page.run(`[...document.querySelectorAll("tbody tr")].slice(0, 50).every((it, at) => Number(it.dataset.key) === ${newest.items[0].number} - at)`), true, "all fifty, in order");
  const took = (await work()) - before;
  if (took > MOST_WORK) throw new Error(`${took} s of work for fifty events`);

  // A room with a crowd shows a part of it, says so, and finds the rest.
  const { items: [{ sessionId }] } = await page.control("GET", "sessions?q=crowd");
  await page.go(`session/${encodeURIComponent(sessionId)}`, "Session");
  await page.shows("100 of 500 clients");
  await nodes("a room");
  await page.run(`(() => { const it = document.querySelector("main [type=search]"); it.value = "crowd 499"; it.dispatchEvent(new Event("input")); })()`);
  await page.until("one client", `document.querySelectorAll(".tile").length === 1`);
});
