// The stream of events, which survives lost connections and restarts of the emulator.

const NAMES = "notice event request delivery session clock faults targets forgotten missed".split(" ");

/** Calls `onEvent(name, data)` for each event, and `onState(live)`. */
export function listen(onEvent, onState) {
	let source, timer, last = "";
	const open = () => {
		source = new EventSource(`/_emulator/events${last && `?after=${last}`}`);
		source.onopen = () => onState(true);
		source.onerror = () => {
			onState(false);
			if (source.readyState === 2) timer = setTimeout(open, 2000);
		};
		for (const name of NAMES) {
			source.addEventListener(name, (event) => {
				last = event.lastEventId;
				onEvent(name, JSON.parse(event.data));
			});
		}
	};
	document.addEventListener("visibilitychange", () => {
		clearTimeout(timer);
		// Nobody looks at a page that is hidden for long.
		if (document.hidden) timer = setTimeout(() => source.close(), 30000);
		else if (source.readyState === 2) {
			if (!last) onEvent("missed");
			open();
		}
	});
	open();
}
