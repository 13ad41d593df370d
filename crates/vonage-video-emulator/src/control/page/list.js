// A list of the control API: filtered and paged by the emulator, kept current by events, with one
// item opened beside it.

import { app, button, count, empty, get, gone, h, heading, later, many, query as asked, redraw, reread, table } from "./app.js";

const PAGE = 100;

/** A view. `path` names the list and its counts, `key` identifies an item and `at` orders them;
 * `on(event, data, known)` returns an item that changed, or its id. */
export const list = ({ title, path, from = path, key, at = key, one, columns, cells, detail, filters, top, aside, on, none }) => ({ args: [own], query }) => {
	const filter = { ...query };
	const ids = new Set();
	let items = [];
	/** New ones, which wait while somebody reads. */
	let fresh = [], matching = 0, opened;

	const ask = (offset) => get(from, { ...filter, offset, count: PAGE, newest: true });
	const load = async () => {
		({ items, matching } = await ask(0));
		fresh = [];
	};
	const open = async () => {
		opened = detail && own && await get(`${from}/${own}`).catch((error) => {
			if (error.status !== 404) throw error;
			return null;
		});
	};
	const find = (id) => [items, fresh].map((all) => [all, all.findIndex((it) => it[key] === id)]).find(([, place]) => place >= 0);
	/** Whether rows may move: nobody reads, selects or has opened one. */
	const free = () => !own && scrollY < 200 && getSelection().isCollapsed && !document.activeElement.closest("tbody");
	const show = () => {
		items = [...fresh, ...items];
		fresh = [];
		redraw();
	};
	const take = (it) => {
		const [all, place] = find(it[key]) ?? [];
		if (all) all[place] = it;
		else if (!items.length || it[at] >= items[0][at]) fresh.unshift(it);
		if (fresh.length && free()) {
			items.length = Math.min(items.length, 2 * PAGE);
			show();
		}
	};
	const read = later(async () => {
		const wanted = [...ids].join();
		ids.clear();
		(await get(from, { ...filter, ids: wanted, newest: true })).items.forEach(take);
	});
	const again = later(load);
	const set = (name) => (value) => {
		filter[name] = value;
		history.replaceState(null, "", `#/${path}${asked(filter)}`);
		again();
	};
	const older = async () => (await ask(items.length + fresh.length)).items.forEach((it) => find(it[key]) || items.push(it));

	return {
		title: () => (detail && own ? `${title} ${own}` : title),
		load: () => Promise.all([load(), open(), top?.load?.()]),
		go({ args, query: wanted }) {
			if (!args[0] && asked(wanted) !== asked(filter)) return false;
			[own] = args;
			reread(open);
			return true;
		},
		on(event, data) {
			top?.on?.(event);
			if (event === "forgotten") reread(load);
			const it = on(event, data, find);
			if (!it) return false;
			if (it[key] && !asked(filter)) take(it);
			else read(ids.add(it[key] ?? it));
			if (own === `${it[key]}`) reread(open);
			return true;
		},
		draw() {
			const filtered = asked(filter);
			const total = Math.max(items.length, filtered ? matching : app.overview.counts[path]);
			const beside = detail && own;
			return [heading(title), top?.draw(filter),
				h("div.bar", filters?.(filter, set), `${many(items.length)} of ${count(total, one)}`, filtered && h("a", { href: `#/${path}` }, "Show all"), aside?.(), fresh.length > 0 && button(`${many(fresh.length)} new`, show)),
				h(beside ? "div.split.opened" : "div.split",
					h("section", items.length ? table(title, columns, items, key, cells, own) : empty(filtered ? "Nothing matches." : none), items.length < total && button("Older", () => reread(older))),
					beside && h("section", h("a", { href: `#/${path}` }, "Close"), opened ? detail(opened) : opened === null && gone(one, path)))];
		},
	};
};
