"use strict";
// Runs the program of this platform in place of this process, or as its child.
const { spawn } = require("node:child_process");
const program = require("../lib/program.js");

module.exports = function run(args) {
  let path;
  try {
    path = program();
  } catch (error) {
    fail(error.message);
  }
  // Where Node can, this process becomes the program, so signals need no handling.
  if (process.execve && process.platform !== "win32") {
    process.execve(path, [path, ...args], process.env);
  }

  // Handlers come before the child: a signal that arrives in between is passed on afterwards.
  let child;
  let early;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => (child ? child.kill(signal) : (early = signal)));
  }
  child = spawn(path, args, { stdio: "inherit" });
  if (early) child.kill(early);
  child.on("error", (error) => fail(`cannot start ${path}: ${error.message}`));
  child.on("exit", (code, signal) => {
    if (!signal) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
};

function fail(message) {
  console.error(`vonage-video-emulator: ${message}`);
  process.exit(1);
}
