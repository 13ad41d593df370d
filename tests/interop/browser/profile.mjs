// The folder that a browser keeps its state in while it runs.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

export const create = (name) => mkdtempSync(join(tmpdir(), `${name}-`));

/** Removes it. Helpers of a browser that has ended may still write for a moment, and what they write has to be found again. */
export async function discard(profile) {
  for (let left = 50; ; left -= 1) {
    try {
      return rmSync(profile, { recursive: true, force: true });
    } catch (error) {
      if (!left) throw error;
    }
    await setTimeout(100);
  }
}
