// The socket to the emulator: numbered requests, their responses, events in order, and another socket when one is lost.

import { makeError, refusalError } from "./errors.js";

/** Milliseconds before each try to resume; the last one again and again. */
const PAUSES = [50, 200, 500, 1000];
/** The refusal of what is asked of a session that is over. */
const GONE = { what: "notConnected", message: "the session is not connected" };
/** How many tries without reaching the emulator mean that it is gone. */
const MOST_TRIES = 30;

/** Where the emulator is: as the page says, or from where the script came. */
function socketUrl() {
  const base = globalThis.VONAGE_VIDEO_EMULATOR_URL ?? SERVED_BY;
  return `${base.replace(/^http/, "ws").replace(/\/$/, "")}/_emulator/rtc`;
}

export class Wire {
  #socket = null;
  /** Whether requests are sent at once. */
  #open = false;
  #count = 0;
  /** Requests without a response, by number and so in their order. */
  #pending = new Map();
  #connection = null;
  #last = 0;
  #resuming = false;
  #ended = false;
  #listener;

  /** `listener` has `event(event)`, `lost()`, `found()` and `gone()`. */
  constructor(listener) {
    this.#listener = listener;
  }

  /** Joins a session; returns the response. */
  async connect(request) {
    try {
      await this.#dial();
    } catch {
      throw makeError("OT_CONNECT_FAILED", 1006, `the emulator is not reached at ${socketUrl()}`);
    }
    this.#open = true;
    const response = await this.ask("connect", { do: "connect", ...request });
    this.#connection = { connectionId: response.connectionId, secret: response.secret };
    this.#last = response.after;
    return response;
  }

  /** Sends a request now, or once there is a socket again. `verb` says which errors it may have. */
  async ask(verb, request) {
    if (this.#ended) throw refusalError(verb, GONE);
    try {
      return await this.#request(request, this.#open);
    } catch (refusal) {
      throw refusalError(verb, refusal);
    }
  }

  /** Ends it: nothing is resumed any more. */
  end() {
    this.#ended = true;
    this.#open = false;
    this.#socket?.close();
    this.#refuse([...this.#pending.keys()]);
  }

  #request(request, now) {
    return new Promise((resolve, reject) => {
      const id = ++this.#count;
      const text = JSON.stringify({ id, ...request });
      this.#pending.set(id, { text, resolve, reject });
      if (now) this.#socket.send(text);
    });
  }

  #refuse(ids) {
    for (const id of ids) {
      this.#pending.get(id)?.reject(GONE);
      this.#pending.delete(id);
    }
  }

  #dial() {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(socketUrl());
      socket.onopen = () => {
        this.#socket = socket;
        resolve();
      };
      socket.onmessage = ({ data }) => this.#hear(JSON.parse(data));
      socket.onclose = () => {
        reject(new Error("closed"));
        if (this.#socket === socket) this.#closed();
      };
    });
  }

  #hear(message) {
    if (message.re === undefined) {
      this.#last = message.n;
      this.#listener.event(message);
      return;
    }
    const request = this.#pending.get(message.re);
    this.#pending.delete(message.re);
    if (message.error) request?.reject(message.error);
    else request?.resolve(message.ok);
  }

  #closed() {
    this.#socket = null;
    this.#open = false;
    if (this.#ended) return;
    if (this.#resuming || !this.#connection) {
      // Only the latest request can be the one that joins or resumes.
      this.#refuse([this.#count]);
      return;
    }
    this.#listener.lost();
    this.#resume();
  }

  async #resume() {
    this.#resuming = true;
    for (let tries = 0; tries < MOST_TRIES && !this.#ended; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, PAUSES[Math.min(tries, PAUSES.length - 1)]));
      if (this.#ended) return;
      const before = [...this.#pending.values()];
      try {
        await this.#dial();
        await this.#request({ do: "resume", ...this.#connection, after: this.#last }, true);
      } catch (refusal) {
        if (refusal.what === "notResumed") break;
        continue;
      }
      // What was asked meanwhile follows in the order of its numbers. Nothing is performed twice.
      const since = [...this.#pending.values()].filter((request) => !before.includes(request));
      for (const { text } of [...before, ...since]) this.#socket?.send(text);
      this.#resuming = false;
      this.#open = true;
      this.#listener.found();
      return;
    }
    if (!this.#ended) this.#listener.gone();
  }
}
