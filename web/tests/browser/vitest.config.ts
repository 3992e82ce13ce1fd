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
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
