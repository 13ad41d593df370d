// Values as people read them.

export const moment = (at) => new Date(at).toISOString().slice(0, 19).replace("T", " ");
export const time = (at) => moment(at).slice(11);
export const many = (it) => it.toLocaleString("en");
export const count = (it, one) => `${many(it)} ${one}${it === 1 ? "" : "s"}`;
export const duration = (ms) => (ms === null ? "" : ms < 1000 ? `${Math.ceil(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

/** What became of a request or an attempt, in a word and a colour. */
export const outcome = (status) => [status ?? "no response", status < 400 && status ? "good" : "bad"];
export const attempt = (it) => (it ? [it.outcome.status ?? it.outcome.failed, it.outcome.status < 300 ? "good" : "bad"] : ["waiting"]);
