"use strict";
// Finds the program of this platform.

const name = "vonage-video-emulator";

/** The path of the program: the one that VONAGE_VIDEO_BINARY names, or the platform package's. */
module.exports = function program() {
  if (process.env.VONAGE_VIDEO_BINARY) return process.env.VONAGE_VIDEO_BINARY;
  const target = `${process.platform}-${process.arch}`;
  const file = process.platform === "win32" ? "vonage-video.exe" : "vonage-video";
  try {
    return require.resolve(`${name}-${target}/bin/${file}`);
  } catch {
    throw new Error(
      `no program for ${target} is installed. It is an optional dependency: was this installed ` +
        "with --omit=optional, or on another system? Set VONAGE_VIDEO_BINARY to use a program of " +
        "your own.",
    );
  }
};
