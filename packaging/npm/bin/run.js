"use strict";
// Runs the program of this platform in place of this process, or as its child.
const { spawn } = require("node:child_process");

const name = "vonage-video-emulator";

/** The program: the one that VONAGE_VIDEO_BINARY names, or the platform package's. */
function program() {
  if (process.env.VONAGE_VIDEO_BINARY) return process.env.VONAGE_VIDEO_BINARY;
  const target = `${process.platform}-${process.arch}`;
  const file = process.platform === "win32" ? "vonage-video.exe" : "vonage-video";
  try {
    return require.resolve(`${name}-${target}/bin/${file}`);
  } catch {
    console.error(
      `${name}: no program for ${target} is installed. It is an optional dependency: was this ` +
        "installed with --omit=optional, or on another system? Set VONAGE_VIDEO_BINARY to use a " +
        "program of your own.",
    );
    process.exit(1);
  }
}

module.exports = function run(args) {
  const path = program();
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
  child.on("error", (error) => {
    console.error(`${name}: cannot start ${path}: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    if (!signal) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
};
