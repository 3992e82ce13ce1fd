import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Against the real executable (ORDERD, else ../build/orderd or ../build/debug/orderd), in Debian's Chromium.
export default defineConfig({
  cacheDir: "../../node_modules/.vite-browser",
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    include: ["*.test.ts"],
    passWithNoTests: true,
    fileParallelism: false,
    // For the slowest of machines; on a usual one no test takes ten seconds.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // As long as the browser waits for what it looks for.
    expect: { poll: { timeout: 45_000 } },
    // What a page complained of is said whole where a test fails.
    chaiConfig: { truncateThreshold: 0 },
  },
});
