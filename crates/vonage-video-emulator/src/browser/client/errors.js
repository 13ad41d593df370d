// Errors: their names and numbers are those of the public reference; what it does not tell is marked in docs/browser.md.

/** What a refusal of the emulator is called in the client SDK: name and number, or the number by the verb. */
const REFUSALS = {
  badToken: ["OT_AUTHENTICATION_ERROR", 1004],
  noSuchSession: ["OT_INVALID_SESSION_ID", 1005],
  connectionLimit: ["OT_CONNECTION_LIMIT_EXCEEDED", 1027],
  notConnected: ["OT_NOT_CONNECTED", 1010],
  notAllowed: ["OT_PERMISSION_DENIED", { publish: 1500, subscribe: 1600, signal: 1550, disconnect: 1520, unpublish: 1530, mute: 1540 }],
  noSuchStream: ["OT_STREAM_NOT_FOUND", { subscribe: 1501, unpublish: 1530, mute: 1540 }],
  noSuchClient: ["OT_NOT_FOUND", { signal: 404, disconnect: 1520 }],
  invalid: ["OT_INVALID_PARAMETER", 1011],
  signalTooLong: ["OT_INVALID_PARAMETER", 1413],
  signalType: ["OT_INVALID_PARAMETER", 1461],
  streamLimit: ["OT_STREAM_CREATE_FAILED", 1500],
};

/** What a fault or a lost response is called, by the verb. */
const FAILURES = {
  connect: ["OT_CONNECT_FAILED", 1006],
  publish: ["OT_STREAM_CREATE_FAILED", 1500],
  subscribe: ["OT_MEDIA_ERR_NETWORK", 1600],
};

/** What the browser's errors of cameras and microphones are called. */
const CAPTURE = {
  NotAllowedError: "OT_USER_MEDIA_ACCESS_DENIED",
  SecurityError: "OT_USER_MEDIA_ACCESS_DENIED",
  NotFoundError: "OT_NO_DEVICES_FOUND",
  NotReadableError: "OT_HARDWARE_UNAVAILABLE",
  AbortError: "OT_HARDWARE_UNAVAILABLE",
  OverconstrainedError: "OT_CONSTRAINTS_NOT_SATISFIED",
  TypeError: "OT_NOT_SUPPORTED",
};

/** Called with each error that an app is given; OT makes an `exception` event of it. */
export const observers = new Set();

export function makeError(name, code, message) {
  const error = new Error(message);
  error.name = name;
  error.code = code;
  observers.forEach((observe) => observe(error));
  return error;
}

export function refusalError(verb, { what, message }) {
  const [name, code] = REFUSALS[what] ?? FAILURES[verb] ?? ["OT_UNEXPECTED_SERVER_RESPONSE", 2000];
  return makeError(name, typeof code === "number" ? code : code[verb] ?? 2000, message);
}

export function captureError(error) {
  return makeError(CAPTURE[error.name] ?? "OT_HARDWARE_UNAVAILABLE", 1500, error.message);
}

export const notConnected = (what) => makeError("OT_NOT_CONNECTED", 1010, `cannot ${what}: the session is not connected`);

export const invalidParameter = (message) => makeError("OT_INVALID_PARAMETER", 1011, message);

/** Calls a completion handler, if there is one. What it throws is the page's, and stops nothing here. */
export function complete(handler, ...values) {
  if (typeof handler !== "function") return;
  try {
    handler(...values);
  } catch (error) {
    reportError(error);
  }
}

const named = new Set();

/** Says once that something is accepted and has no effect here. */
export function ignored(what) {
  if (named.has(what)) return;
  named.add(what);
  console.info(`vonage-video emulator: ${what} is accepted and has no effect here`);
}
