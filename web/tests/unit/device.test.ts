import { expect, test } from "vitest";
import { deviceName } from "../../src/text/device";

test("a browser is named by itself and its system, and a program stays what it says", () => {
  const names = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0":
      "Edge on Windows",
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0": "Firefox on Linux",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1":
      "Safari on iPhone",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36":
      "Chrome on Android",
    "curl/8.5.0": "curl/8.5.0",
    "": "unknown program",
  };
  for (const [agent, name] of Object.entries(names)) expect(deviceName(agent)).toBe(name);
});
