// The page: which view is shown, and the keys.

import { clockView } from "./clock.js";
import { faults } from "./faults.js";
import { act, app, button, dialog, get, h, many, morph, plain, redraw, say, settled } from "./app.js";
import { listen } from "./live.js";
import { overview } from "./overview.js";
import { archives, broadcasts } from "./recordings.js";
import { requests } from "./requests.js";
import { room } from "./room.js";
import { sessions } from "./sessions.js";
import { tokens } from "./tokens.js";
import { webhooks } from "./webhooks.js";

const $ = (selector) => document.querySelector(selector);
const VIEWS = { overview, sessions, archives, broadcasts, requests, webhooks, faults, tokens, session: room };
const NAV = Object.keys(VIEWS).slice(0, -1);
const KEYS = { "/": "Search", "j, k": "Next, previous row", Esc: "Back", "g, then o s a b r w f t": "Go to a view",
	c: "Copy the request as curl", r: "Replay the webhook", p: "Pause or resume the clock", "?": "This list" };

let view, name, shown, counting, state, going;

app.draw = () => {
	if (!view.ready) return;
	const next = h("main", { id: "main", tabindex: -1 }, view.draw());
	if (shown === view) morph($("main"), next);
	else $("main").replaceChildren(...settled(next).childNodes);
	shown = view;
	document.title = `${plain(view.title())} · Vonage Video emulator`;
	const { counts } = app.overview;
	morph($("nav"), h("nav", { "aria-label": "Views" }, NAV.map((path) => h("a", { href: `#/${path}`, "aria-current": name.replace(/session$/, "sessions") === path && "page" }, path,
		counts[path] > 0 && h("small", many(counts[path])), path === "webhooks" && counts.undelivered > 0 && h("small.bad", `${many(counts.undelivered)} ✗`))), button("? keys", keys)));
};

const drawClock = () => app.clock && morph($("#clock"), clockView());
function takeClock(clock) {
	app.clock = { ...clock, read: Date.now() };
	drawClock();
}

/** Reads what is shown; what does not exist is shown as such. */
async function load() {
	const own = view;
	own.gone = false;
	[app.overview] = await Promise.all([get("overview"), own.load().catch((error) => {
		own.gone = error.status === 404;
		if (!own.gone) throw error;
	})]);
	own.ready = true;
	takeClock(app.overview.clock);
	app.draw();
}

function route() {
	const [path, parameters] = location.hash.slice(2).split("?");
	const [first, ...args] = path.split("/").map(decodeURIComponent);
	const place = { args, query: Object.fromEntries(new URLSearchParams(parameters)) };
	const next = VIEWS[first] ? first : "overview";
	if (next === name && view.go?.(place)) return;
	name = next;
	view = VIEWS[name](place);
	scrollTo(0, 0);
	act(() => load().then(() => $("main h2").focus({ preventScroll: true })));
}

listen((event, data) => {
	if (event === "missed") return act(load);
	if (event === "clock") takeClock(data);
	counting ??= setTimeout(() => act(async () => {
		counting = undefined;
		app.overview.counts = await get("counts");
		await view.counts?.();
		redraw();
	}), 1000);
	if (view.on?.(event, data)) redraw();
}, (live) => {
	if (live === state) return;
	if (state !== undefined) say(live ? "Connected again." : "Connection lost, trying again.", !live);
	state = live;
	$("#live").textContent = live ? "● live" : `○ connection lost at ${new Date().toLocaleTimeString()}, trying again`;
});

const off = () => localStorage.getItem("keys");
function keys() {
	dialog("Keys", h("dl", Object.entries(KEYS).map(([key, what]) => [h("dt", h("kbd", key)), h("dd", what)])), button(`Switch single keys ${off() ? "on" : "off"}`, () => {
		localStorage.setItem("keys", off() ? "" : "off");
		keys();
	}));
}

function step(by) {
	const all = [...document.querySelectorAll("main a.open")];
	const at = all.findIndex((it) => it === document.activeElement || it.closest("[aria-current]"));
	all[Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
}

const ACTIONS = { "/": () => $("main [type=search]")?.focus(), j: () => step(1), k: () => step(-1), "?": keys, p: () => $("#pause").click(), c: () => $("#curl button")?.click(), r: () => $("#replay")?.click() };

addEventListener("keydown", (event) => {
	const { key, target } = event;
	if (event.ctrlKey || event.metaKey || event.altKey || $("#dialog").open) return;
	if (target.closest("input, select, textarea")) {
		if (key === "Escape") target.blur();
		return;
	}
	if (key === "Escape" && location.hash.split("/")[2]) history.back();
	if (off()) return;
	const to = going && NAV.find((path) => path[0] === key);
	going = key === "g";
	if (!to && !ACTIONS[key]) return;
	if (to) location.hash = `#/${to}`;
	else ACTIONS[key]();
	event.preventDefault();
});

$("#skip").onclick = () => $("main").focus();
addEventListener("hashchange", route);
setInterval(() => app.clock?.running && !document.hidden && drawClock(), 1000);
route();
