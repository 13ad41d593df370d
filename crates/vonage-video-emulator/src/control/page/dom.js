// Builds and changes the page. Text from outside only ever becomes text: no HTML is parsed here,
// and an address leads nowhere but to this emulator.

/** An element: h("p.note", { onclick }, "text", child, [children]); attributes may be missing. */
export function h(name, ...content) {
	const attributes = content[0]?.constructor === Object ? content.shift() : {};
	const [tag, ...classes] = name.split(".");
	const element = document.createElement(tag);
	if (classes.length) element.className = classes.join(" ");
	for (const [key, value] of Object.entries(attributes)) {
		if (key.startsWith("on")) element[key] = value;
		else if ((value || value === 0 || value === "") && (key !== "href" || /^(#|\/_)/.test(value))) element.setAttribute(key, value === true ? "" : value);
	}
	// What is missing keeps its place.
	element.append(...content.flat(9).map((it) => (it || it === 0 ? it : "")));
	return element;
}

/** An element whose rows, { key, data, build }, are built only when their data changes. */
export const rows = (name, wanted) => Object.assign(h(name), { wanted });

/** Makes an element like another by few changes: focus, selection and what was typed stay. */
export function morph(old, next) {
	if (old.nodeName !== next.nodeName) return old.replaceWith(settled(next));
	if (old.nodeType === 3 && old.data !== next.data) old.data = next.data;
	for (const { name } of [...old.attributes ?? []]) if (name !== "open" && !next.hasAttribute(name)) old.removeAttribute(name);
	for (const { name, value } of next.attributes ?? []) if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
	for (const name of ["onclick", "onchange", "oninput", "onsubmit", "ontoggle"]) old[name] = next[name];
	if (next.wanted) return fill(old, next.wanted);
	const [before, after] = [[...old.childNodes], [...next.childNodes]];
	after.forEach((it, at) => (before[at] ? morph(before[at], it) : old.append(settled(it))));
	before.slice(after.length).forEach((it) => it.remove());
}

export function settled(node) {
	for (const it of [node, ...node.querySelectorAll?.("*") ?? []]) if (it.wanted) fill(it, it.wanted);
	return node;
}

function fill(list, wanted) {
	const known = new Map([...list.children].map((it) => [it.dataset.key, it]));
	const keys = new Set(wanted.map(({ key }) => `${key}`));
	for (const [key, it] of known) if (!keys.has(key)) it.remove();
	let at = list.firstChild;
	for (const { key, data, build } of wanted) {
		const state = `${JSON.stringify(data)}`;
		let row = known.get(`${key}`);
		if (row?.state !== state) {
			const built = build();
			built.dataset.key = key;
			if (row) morph(row, built);
			else row = built;
			row.state = state;
		}
		if (row === at) at = at.nextSibling;
		else list.insertBefore(row, at);
	}
}

/** Text with what cannot be seen, or turns the writing around, escaped. */
export const plain = (value) => `${value ?? ""}`.slice(0, 2000)
	.replace(/[^\P{C}\n\t]/gu, (it) => `\\u{${it.codePointAt(0).toString(16)}}`);
export const text = (value) => h("bdi", plain(value));
export const tag = (label, kind) => h(kind ? `span.tag.${kind}` : "span.tag", plain(label));
export const tags = (it) => it.states.map((state) => tag(...state));
export const empty = (what) => h("p", what);
export const heading = (...what) => h("h2", { tabindex: -1 }, what);

export function say(what, bad) {
	const said = document.getElementById("said");
	said.className = bad && "bad";
	said.textContent = plain(what);
	clearTimeout(said.timer);
	said.timer = setTimeout(() => said.replaceChildren(), 8000);
}

export const act = (action) => Promise.resolve().then(action).catch((error) => say(error.message, true));

/** A button. `of` tells those who do not see it in its place what it is about. */
export const button = (label, action, of, id) => h("button", { id, onclick: () => act(action) }, label, of && h("span.unseen", ` ${plain(of)}`));

export const copy = (what, of, label = "Copy") => button(label, async () => {
	await navigator.clipboard.writeText(what);
	say("Copied.");
}, of);

export const form = (label, action, ...fields) => h("form.bar", {
	onsubmit(event) {
		event.preventDefault();
		act(() => action(Object.fromEntries(new FormData(this)), this));
	},
}, fields, h("button.main", label));

const field = (label, control) => h("label", h("span", label), control);
const told = (changed, what = "value") => changed && ((event) => changed(event.target[what]));
export const input = (label, name, attributes, kind = "input") => field(label, h(kind, { name, autocomplete: "off", ...attributes }));
export const number = (label, name, value, attributes) => input(label, name, { type: "number", min: 0, step: "any", value, ...attributes });
export const search = (label, value, changed) => input(label, "search", { type: "search", value, oninput: told(changed) });
export const check = (label, name, checked, changed) => h("label.check", h("input", { type: "checkbox", name, checked, onchange: told(changed, "checked") }), label);
export const select = (label, name, options, chosen, changed) => field(label, h("select", { name, onchange: told(changed) },
	options.map((it) => [it].flat()).map(([value, shown = value]) => h("option", { value, selected: value === chosen }, plain(shown)))));

export function dialog(title, ...content) {
	const it = document.getElementById("dialog");
	it.replaceChildren(h("h2", { id: "title" }, plain(title)), ...content, button("Close", () => it.close()));
	if (!it.open) it.showModal();
}

/** A table of keyed rows; `cells` returns the contents of one. */
export const table = (label, columns, items, key, cells, open) => h("div.wide", { tabindex: 0 }, h("table", { "aria-label": label }, h("thead", h("tr", columns.split("|").map((it) => h("th", it)))), rows("tbody", items.map((it) => {
	const current = open === `${it[key]}`;
	return { key: it[key], data: [it, current, Math.floor(Date.now() / 30000)], build: () => h("tr", { "aria-current": current && "true" }, cells(it).map((cell) => h("td", cell))) };
}))));

export const tree = (value) => (value && typeof value === "object" ? h("ul.tree", Object.entries(value).map(([name, it]) => h("li", it && typeof it === "object"
	? h("details", { open: true }, h("summary", text(name)), tree(it)) : [h("b", text(name)), ": ", tree(it)]))) : h("code", plain(value ?? "null")));
