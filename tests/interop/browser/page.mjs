// What the emulator's page does, in a browser: `node page.mjs URL`.

import { HOSTILE, equal, test } from "./driver.mjs";

await test(process.argv[2], async (page) => {
  // The overview says where it is, and how to point an SDK at it.
  await page.shows(`export VONAGE_VIDEO_BASE_URL='${page.url}'`);
  await page.shows("new OpenTok(");
  await page.submit("Create session", { project: process.env.OPENTOK_API_KEY });
  await page.until("the room", `location.hash.startsWith("#/session/")`);
  await page.shows("Nobody is here");
  const session = await page.run(`decodeURIComponent(location.hash.split("/")[2])`);
  const own = `sessions/${encodeURIComponent(session)}`;

  // Clients are added; whatever their names are, they are text.
  await page.submit("Add", { clients: "5", role: "moderator" });
  const tiles = (count) => page.until(`${count} tiles`, `document.querySelectorAll(".tile").length === ${count}`);
  await tiles(5);
  for (const data of HOSTILE) await page.control("POST", `${own}/clients`, { role: "publisher", data, publish: [{ name: data, videoType: "screen", layoutClassList: [data.slice(0, 40)] }] });
  await tiles(5 + HOSTILE.length);
  await page.shows("<img src=x onerror=alert(1)>");
  await page.shows("\\u{202e}gnp.exe");
  await page.shows("a\\u{0}b\\u{1b}[31m");
  equal(await page.run(`document.querySelectorAll("main img, main script, main iframe").length`), 0, "elements made of names");
  await page.press("Inbox", ".tile");
  await page.until("the inbox", `document.querySelector("dialog").open`);
  await page.press("Close", "dialog");

  // The layout is drawn where the emulator puts each stream.
  await page.press("Layout preview");
  await page.until("fifteen streams", `document.querySelectorAll("svg rect").length === 15`);
  await page.run(`(() => { const it = document.querySelector("[name=type]"); it.value = "pip"; it.dispatchEvent(new Event("change")); })()`);
  await page.until("picture in picture", `document.querySelectorAll("svg rect").length === 2`);

  // What is done to the session is done by operations, and told in the timeline.
  await page.press("Mute", ".tile");
  await page.until("a muted stream", `document.querySelector(".tile").innerText.includes("muted")`);
  await page.press("Disconnect", ".tile");
  await tiles(4 + HOSTILE.length);
  for (const [label, then] of [["Record", "Stop archive"], ["Broadcast", "Stop broadcast"], ["Start captions", "Stop captions"], ["Mute all", "Lift mute"]]) {
    await page.press(label, "main");
    await page.shows(then);
  }
  await page.submit("Send", { data: HOSTILE[0], type: "chat" });
  await page.shows("signal_session");
  for (const word of ["connectionCreated", "archive", "start_broadcast", "mute_all"]) await page.until(word, `document.querySelector("main ol").innerText.includes("${word}")`);

  // Archives and broadcasts are started and stopped.
  await page.press("Stop archive", "main");
  await page.press("Stop broadcast", "main");
  await page.go("archives", "Archives");
  await page.submit("Start archive", { sessionId: session });
  await page.shows("started");
  await page.press("Stop", "tbody");
  await page.until("both stopped", `!document.querySelector("main").innerText.includes("started")`);
  await page.press("Layout", "tbody");
  await page.until("the archive's picture", `document.querySelectorAll("dialog rect").length > 2`);
  await page.press("Close", "dialog");

  // A fault is chosen from the operations, met, counted, and shown with the request that met it.
  await page.go("faults", "Faults");
  await page.submit("Add fault", { on: "list_archives", what: "status", status: "503", times: "2" });
  await page.shows("respond with a status, 503");
  await page.control("POST", "operations/list_archives", { project: process.env.OPENTOK_API_KEY, input: {} }).catch(() => {});
  await page.until("it is counted", `document.querySelector("tbody tr").cells[3].innerText === "1"`);
  await page.go("requests?operation=list_archives", "Requests");
  await page.until("one row", `document.querySelectorAll("tbody tr").length === 1`);
  await page.press("list_archives", "tbody");
  await page.shows("Met fault ");
  await page.shows("Service Unavailable");
  equal(await page.run("document.title"), "Requests 1 · Vonage Video emulator".replace("1", await page.run(`location.hash.split("/")[2]`)), "the title");
  await page.run("history.back()");
  await page.until("the filtered list", `location.hash === "#/requests?operation=list_archives" && document.querySelectorAll("tbody tr").length === 1`);

  // Ignored fields are named.
  await fetch(`${page.url}/v2/project/${process.env.OPENTOK_API_KEY}/archive`, { method: "POST", body: JSON.stringify({ sessionId: session, colour: "red" }) });
  await page.go("requests", "Requests");
  await page.shows("ignored fields");
  await page.press("start_archive", "tbody");
  await page.shows("colour");

  // Webhooks: a target, its deliveries, an attempt more by replay.
  await page.go("webhooks", "Webhooks");
  await page.submit("Add target", { url: "http://127.0.0.1:1/hook", secret: "known", twice: true });
  await page.shows("http://127.0.0.1:1/hook");
  await page.control("POST", `${own}/clients`, { role: "publisher", data: HOSTILE[1] });
  await page.shows("nobody listens at 127.0.0.1:1");
  await page.press("connectionCreated", "tbody");
  await page.until("the delivery", `document.querySelector("#replay")`);
  const attempts = await page.run(`document.querySelectorAll("main ol > li").length`);
  await page.key("r");
  await page.until("one more attempt", `document.querySelectorAll("main ol > li").length > ${attempts}`);

  // Tokens are minted, and explained.
  await page.go(`tokens?session=${encodeURIComponent(session)}`, "Tokens");
  await page.submit("Mint", { role: "moderator", data: HOSTILE[0] });
  const token = await page.until("a token", `document.querySelector("main .code code")?.textContent`);
  await page.submit("Inspect", { token });
  await page.shows("valid here and now");
  await page.shows("moderator");

  // Virtual time.
  const { now } = await page.control("GET", "clock");
  await page.press("Pause", "header");
  await page.until("it stands", `document.querySelector("header").innerText.includes("paused")`);
  await page.press("More", "header");
  await page.press("+1 h", "header");
  await page.until("an hour later", `fetch("/_emulator/clock").then((it) => it.json()).then((it) => it.now >= ${now + 3_600_000})`);
});
