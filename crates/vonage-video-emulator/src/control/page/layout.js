// Where each stream stands in a composed picture.

import { dialog, empty, get, h, plain, post, reread, select } from "./app.js";

const LAYOUTS = ["bestFit", "pip", "horizontalPresentation", "verticalPresentation"];
const CHOICES = { type: ["Layout", LAYOUTS], screenshareType: ["Screen share layout", [["", "as above"], ...LAYOUTS.slice(1)]], resolution: ["Size", ["1280x720", "640x480", "720x1280", "1920x1080"]] };

function shape(name, attributes, ...content) {
	const element = document.createElementNS("http://www.w3.org/2000/svg", name);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
	element.append(...content);
	return element;
}

function picture(it) {
	const said = `${it.type}, ${it.width}x${it.height}, ${it.boxes.length} streams, ${it.hidden.length} without a place`;
	return h("div", shape("svg", { viewBox: `0 0 ${it.width} ${it.height}`, role: "img", "aria-label": said }, ...it.boxes.flatMap(({ x, y, width, height, videoType, name, streamId }) => [
		shape("rect", { x, y, width, height, class: videoType }), shape("text", { x: x + width / 2, y: y + height / 2 }, plain(name || streamId).slice(0, width / 16)),
	])), said);
}

export const show = async (path, name) => dialog(`Layout of ${name}`, picture(await get(`${path}/layout`)));

export function layout() {
	let open, streams, scene;
	const chosen = { type: "bestFit", resolution: "1280x720" };
	const load = async (now = streams) => {
		streams = now;
		if (open) scene = await post("layout", { ...chosen, screenshareType: (chosen.type === "bestFit" && chosen.screenshareType) || null, streams });
	};
	return {
		load,
		draw: () => h("details", { ontoggle(event) { ({ open } = event.target); reread(load); } }, h("summary", "Layout preview"),
			h("div.bar", Object.entries(CHOICES).map(([name, [label, options]]) => select(label, name, options, chosen[name], (value) => { chosen[name] = value; reread(load); }))),
			scene?.boxes.length ? picture(scene) : empty("No stream has a picture.")),
	};
}
