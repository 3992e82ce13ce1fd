// Writes src/api/types.ts from the OpenAPI document of the executable itself; `--check` only says whether it is current.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { startOrderd } from "./orderd.mjs";

const target = fileURLToPath(new URL("../../src/api/types.ts", import.meta.url));

export async function currentTypes(url) {
  const document = await (await fetch(`${url}/openapi.json`)).json();
  const types = astToString(await openapiTS(document));
  return `// Made by \`npm run types\` from orderd's own /openapi.json; not to be edited.\n${types}`;
}

/** Whether the types are what the executable at that address says. */
export const areCurrent = async (url) => readFileSync(target, "utf8") === (await currentTypes(url));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const orderd = await startOrderd();
  try {
    if (!process.argv.includes("--check")) writeFileSync(target, await currentTypes(orderd.url));
    else if (!(await areCurrent(orderd.url))) {
      console.error("src/api/types.ts is not what the executable's OpenAPI document says: run `npm run types`");
      process.exitCode = 1;
    }
  } finally {
    await orderd.stop();
  }
}
