import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** The addresses of all screens, one a line: the server answers 404 at any other, though the dashboard draws a page there. */
function screenList(): Plugin {
  return {
    name: "screen-list",
    generateBundle() {
      const source = readFileSync(new URL("src/app.tsx", import.meta.url), "utf8");
      const patterns = [...source.matchAll(/^ {2}\["(\/[^"]*)", \(\) => import\(/gm)].map(([, pattern]) => pattern!);
      if (patterns.length === 0) this.error("src/app.tsx has no list of screens any more");
      this.emitFile({ type: "asset", fileName: "screens.txt", source: [...patterns, "/setup", ""].join("\n") });
    },
  };
}

export default defineConfig({
  base: "/dashboard/",
  plugins: [screenList()],
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    target: "es2022",
    // The content security policy allows no data: addresses, and one style sheet saves a screen from flashing unstyled.
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
  },
  server: {
    // `npm run dev` beside `orderd demo`.
    proxy: Object.fromEntries(
      [
        "/admin",
        "/auth",
        "/customers",
        "/orders",
        "/payments",
        "/pictures",
        "/products",
        "/shipments",
        "/openapi.json",
      ].map((path) => [path, process.env.ORDERD_URL ?? "http://127.0.0.1:8080"]),
    ),
  },
});
