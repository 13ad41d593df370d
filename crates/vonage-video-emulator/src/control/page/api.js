// Calls of the control API.

import { say } from "./dom.js";

export async function call(method, path, body) {
	const response = await fetch(`/_emulator/${path}`, { method, body: body && JSON.stringify(body) }).catch(() => { throw Error("the emulator does not answer"); });
	const text = await response.text();
	const value = text && JSON.parse(text);
	if (response.ok) return value;
	throw Object.assign(Error(value.message), { status: response.status });
}

export const id = encodeURIComponent;
export const query = (parameters) => {
	const set = Object.entries(parameters).filter(([, value]) => value);
	return set.length ? `?${new URLSearchParams(set).toString().replaceAll("+", "%20")}` : "";
};
export const get = (path, parameters = {}) => call("GET", path + query(parameters));
export const post = (path, body = {}) => call("POST", path, body);
export const remove = (path) => call("DELETE", path);

export async function perform(operation, input, project) {
	await post(`operations/${operation}`, { input, project });
	say(`Done: ${operation.replaceAll("_", " ")}.`);
}
