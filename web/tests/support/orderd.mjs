// Its own whole orderd: the real executable, a temporary folder, a free port.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../../tests/support/free_port.mjs";

const root = resolve(fileURLToPath(import.meta.url), "../../../..");

/** The executable: $ORDERD, or what the release or debug build made. */
export function executable() {
  const candidates = process.env.ORDERD
    ? [process.env.ORDERD]
    : [join(root, "build/orderd"), join(root, "build/debug/orderd")];
  const found = candidates.find((path) => existsSync(path));
  if (!found)
    throw new Error(`There is no ${candidates.join(" nor ")}: build orderd first, or say where it is in ORDERD`);
  return found;
}

/** How long a start may take: on a slow machine the demo's catalogue and orders take their time. */
const patience = 120_000;

/**
 * Starts `orderd <command> --data FOLDER --listen 127.0.0.1:PORT …` and waits until it answers.
 *
 * @returns {Promise<{url: string, folder: string, output: () => string, printed: (what: RegExp) => Promise<string>,
 *   stop: () => Promise<void>}>} `printed` waits until it has printed such a text, and returns that
 */
export async function startOrderd(command = "serve", extra = [], environment = {}) {
  // Between finding a free port and listening on it, someone else may take it.
  for (let tries = 1; ; tries++) {
    try {
      return await tryToStart(command, extra, environment);
    } catch (error) {
      if (tries === 3 || !/in use/i.test(String(error))) throw error;
    }
  }
}

async function tryToStart(command, extra, environment) {
  const folder = mkdtempSync(join(tmpdir(), "orderd-web-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(executable(), [command, "--data", folder, "--listen", `127.0.0.1:${port}`, ...extra], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  let output = "";
  child.stdout.on("data", (data) => (output += data));
  child.stderr.on("data", (data) => (output += data));
  const ended = new Promise((resolveEnd) => child.on("exit", resolveEnd));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  const until = Date.now() + patience;
  for (;;) {
    if (child.exitCode !== null) {
      await stop();
      throw new Error(`orderd ${command} ended at once:\n${output}`);
    }
    try {
      if ((await fetch(`${url}/healthz`)).ok) break;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > until) {
      await stop();
      throw new Error(`orderd ${command} did not answer within ${patience / 1000} seconds:\n${output}`);
    }
    await new Promise((wait) => setTimeout(wait, 50));
  }
  // It answers before it has printed everything, and what it printed arrives later still.
  const printed = async (what) => {
    for (const until = Date.now() + patience; Date.now() < until; ) {
      const found = what.exec(output);
      if (found) return found[0];
      await new Promise((wait) => setTimeout(wait, 50));
    }
    throw new Error(`orderd ${command} did not print ${what}:\n${output}`);
  };
  return { url, folder, output: () => output, printed, stop };
}
