// Virtual time, in the header.

import { app, button, call, form, h, moment, number, post, say } from "./app.js";

async function leap(seconds) {
	await post("clock/advance", { seconds });
	say("The clock has leapt.");
}

export function clockView() {
	const { running, skewSeconds: skew } = app.clock;
	return h("div", { id: "clock", role: "group", "aria-label": "Virtual time" }, h("time", `${moment(app.now())} UTC`), !running && h("b", " paused"), skew !== 0 && ` wall clock ${skew > 0 ? "+" : ""}${skew} s`,
		button(running ? "Pause" : "Resume", () => call("PUT", "clock", { running: !running }), "the clock", "pause"), button("+1 min", () => leap(60)),
		h("details", h("summary", "More"), h("div", button("+10 s", () => leap(10)), button("+1 h", () => leap(3600)), button("+72 h", () => leap(259200), "archives expire"),
			form("Leap", ({ seconds }) => leap(Number(seconds)), number("Seconds", "seconds", 300)),
			form("Set", (set) => call("PUT", "clock", { skewSeconds: Number(set.skew) }), number("Wall clock off by seconds", "skew", skew, { min: "", step: 1 })))));
}
