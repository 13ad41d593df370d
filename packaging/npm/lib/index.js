"use strict";
// Starts an emulator from a test suite.
const { spawn } = require("node:child_process");
const { createInterface } = require("node:readline");
const program = require("./program.js");

/** A running emulator. It ends with this process, if not stopped before. */
class Emulator {
  #child;

  constructor(child, env) {
    this.#child = child;
    this.env = env;
    this.url = env.VONAGE_VIDEO_BASE_URL;
  }

  /** Calls the control API, such as `control("POST", "clock/advance", { seconds: 3600 })`. */
  async control(method, path, body) {
    const response = await fetch(`${this.url}/_emulator/${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** Forgets requests, faults and webhook targets; sessions and archives stay. */
  async reset() {
    for (const path of ["requests", "faults", "webhooks"]) await this.control("DELETE", path);
  }

  /** Ends the emulator, and resolves when it has ended. */
  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.ref();
    this.#child.stdin.end();
    await ended;
  }
}

/** Starts an emulator on a free port. `options.args` are further flags of `vonage-video emulator`. */
exports.start = async function start({ args = [] } = {}) {
  const flags = ["--port", "0", "--exit-with-stdin", "--print-env=json"];
  const child = spawn(program(), ["emulator", ...flags, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const line = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      reject(new Error(`the emulator ended before it was ready: ${signal ?? `status ${code}`}`));
    });
    createInterface({ input: child.stdout }).once("line", resolve);
  });
  child.removeAllListeners("exit");
  // A suite that forgets to stop it can end all the same.
  for (const handle of [child, child.stdin, child.stdout]) handle.unref();
  return new Emulator(child, JSON.parse(line));
};
