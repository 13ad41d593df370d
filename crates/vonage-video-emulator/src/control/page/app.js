// What every view shares: the overview of the emulator, virtual time, and when to draw.

import { act, h, heading } from "./dom.js";
import { count } from "./format.js";

export * from "./api.js";
export * from "./dom.js";
export * from "./format.js";

export const app = { now: () => app.clock.now + (app.clock.running ? Date.now() - app.clock.read : 0) };
let waiting = false, drawn = 0;

export function redraw() {
	if (waiting) return;
	waiting = true;
	setTimeout(() => requestAnimationFrame(() => {
		waiting = false;
		drawn = performance.now();
		app.draw();
	}), Math.max(0, 60 - (performance.now() - drawn)));
}

export const reread = (read) => act(() => read().then(redraw));

/** Reads something once for all that ask for it within a moment, and again if they ask meanwhile. */
export function later(read) {
	let busy, stale;
	return function ask() {
		stale = true;
		busy ??= setTimeout(async () => {
			stale = false;
			await reread(read);
			busy = undefined;
			if (stale) ask();
		}, 100);
	};
}

export const gone = (what, path) => [heading(`No such ${what}`), h("p.empty", "It is too old, or the emulator was started again. ", h("a", { href: `#/${path}` }, "Back to the list"))];

export function age(at) {
	const seconds = Math.max(1, (app.now() - at) / 1000);
	const [unit, length] = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]].find(([, it]) => seconds >= it);
	return `${count(Math.floor(seconds / length), unit)} ago`;
}
