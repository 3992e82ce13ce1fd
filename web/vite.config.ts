import { defineConfig } from "vite";

export default defineConfig({
  base: "/dashboard/",
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
      ["/admin", "/auth", "/customers", "/orders", "/payments", "/products", "/shipments", "/openapi.json"].map((path) => [
        path,
        process.env.ORDERD_URL ?? "http://127.0.0.1:8080",
      ]),
    ),
  },
});
