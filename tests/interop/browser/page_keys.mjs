// The emulator's page by keyboard alone, and what stays while things change: `node page_keys.mjs URL`.

import { equal, test } from "./driver.mjs";

await test(process.argv[2], async (page) => {
  const { sessionId } = await page.room("Ada");
  const call = () => page.control("POST", "operations/list_archives", { project: process.env.OPENTOK_API_KEY, input: { sessionId } });
  for (let each = 0; each < 3; each += 1) await call();
  const focused = `document.activeElement.innerText`;

  await page.key("g");
  await page.key("r");
  await page.until("the requests", `document.querySelectorAll("tbody tr").length === 3`);
  equal(await page.run(focused), "Requests", "the focus after a change of view");
  await page.key("j");
  await page.key("j");
  await page.key("k");
  await page.key("Enter", 13);
  await page.until("the newest", `location.hash === document.querySelector("tbody tr a").getAttribute("href")`);
  await page.shows("Copy as curl");

  // While it is read, nothing moves: the row stays where it is, the selection is kept.
  await page.run(`getSelection().selectAllChildren(document.querySelector(".opened section:last-child code"))`);
  const before = await page.run(`[getSelection().toString(), document.querySelector("tbody tr").getBoundingClientRect().top]`);
  for (let each = 0; each < 3; each += 1) await call();
  await page.shows("3 new");
  equal(await page.run(`[getSelection().toString(), document.querySelector("tbody tr").getBoundingClientRect().top]`), before, "what is read");
  await page.press("3 new", "main");
  await page.until("six rows", `document.querySelectorAll("tbody tr").length === 6`);
  await page.key("Escape", 27);
  await page.until("back", `location.hash === "#/requests"`);

  await page.key("/");
  equal(await page.run("document.activeElement.type"), "search", "the focus after /");
  await page.send("Input.insertText", { text: "nothing of this kind" });
  await page.shows("Nothing matches.");
  equal(await page.run("location.hash"), "#/requests?text=nothing%20of%20this%20kind", "the address");
  await page.key("Escape", 27);
  await page.key("?", 191);
  await page.until("the keys", `document.querySelector("dialog").open`);
  await page.press("Switch single keys off", "dialog");
  await page.press("Close", "dialog");
  await page.key("g");
  await page.key("f");
  await page.key("?", 191);
  equal(await page.run(`[location.hash.slice(0, 10), document.querySelector("dialog").open]`), ["#/requests", false], "single keys are off");

  // One row is patched an event: the others are the same elements, and so is what has the focus.
  await page.go("sessions", "Sessions");
  await page.run(`globalThis.rows = [...document.querySelectorAll("tbody tr")]; rows[0].querySelector("a").focus(); true`);
  await page.control("POST", `sessions/${encodeURIComponent(sessionId)}/clients`, { role: "publisher", publish: [{}] });
  await page.until("two clients", `document.querySelector("tbody tr").cells[1].innerText === "2"`);
  equal(await page.run(`[rows[0] === document.querySelector("tbody tr"), document.activeElement === rows[0].querySelector("a")]`), [true, true], "the row is the same");
});
