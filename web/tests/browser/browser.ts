import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { expect, vi } from "vitest";

/** Debian's Chromium, or the one that CHROMIUM names. */
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-crash-reporter",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Where /dev/shm is small, as in containers, a large window is more than it holds, and the tab crashes.
  "--disable-dev-shm-usage",
];

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A browser with its own profile, that writes down what its console and its network complain of. */
export class Visitor {
  readonly complaints: string[] = [];
  /** What was answered 4xx: the browser writes each into its console. Some tests provoke them, and screens tell of them. */
  readonly refusals: string[] = [];
  /** Whether what happens in the shop reaches the page that is shown now. */
  private isLive = false;
  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly profile: string,
  ) {}

  static async open(
    url: string,
    { width = 1280, height = 900, colorScheme = "light" as "light" | "dark", locale = "en-GB", javaScript = true } = {},
  ): Promise<Visitor> {
    const profile = mkdtempSync(join(tmpdir(), "orderd-chromium-"));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args,
      baseURL: url,
      viewport: { width, height },
      colorScheme,
      // What is in the middle of an animation has neither its colours nor its place yet.
      reducedMotion: "reduce",
      locale,
      timezoneId: "Europe/Berlin",
      acceptDownloads: true,
      javaScriptEnabled: javaScript,
      // The first start after an installation reads everything from the disk.
      timeout: 120_000,
      env: { ...process.env, HOME: profile },
    });
    context.setDefaultTimeout(45_000);
    const page = context.pages()[0] ?? (await context.newPage());
    const visitor = new Visitor(context, page, profile);
    visitor.listen(page);
    return visitor;
  }

  private listen(page: Page): void {
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
        this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("response", (response) => {
      if (response.status() >= 400) this.refusals.push(`${response.status()} ${response.url()}`);
      if (response.status() >= 500) this.complaints.push(`${response.status()} ${response.url()}`);
      if (response.ok() && new URL(response.url()).pathname === "/admin/events/stream") this.isLive = true;
    });
    page.on("domcontentloaded", () => (this.isLive = false));
    page.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (protocol.startsWith("http") && hostname !== "127.0.0.1") this.complaints.push(`asked ${request.url()}`);
    });
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.page.goto("/dashboard/");
    await this.page.getByLabel("Username").fill(username);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await this.page.locator("nav.side").waitFor({ state: "attached" });
  }

  /** Goes to a screen by its address and waits until it has drawn its heading and its data. */
  async go(path: string): Promise<void> {
    await this.page.goto(`/dashboard${path}`);
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.page.locator("h1").first().waitFor();
    // News comes only once the dashboard listens.
    if ((await this.page.locator("nav.side").count()) > 0)
      await vi.waitFor(() => expect(this.isLive, "the page listens to events").toBe(true), {
        timeout: 45_000,
        interval: 20,
      });
    await this.page.waitForFunction(() => !document.querySelector(".loading, [aria-busy=true]"));
    await this.page.evaluate(() => document.fonts.ready);
  }

  /** Waits until what has the focus is this. */
  async focusIs(wanted: { tag?: string; text?: string }): Promise<void> {
    await this.page.waitForFunction(({ tag, text }) => {
      const element = document.activeElement;
      return (tag === undefined || element?.tagName === tag) && (text === undefined || element?.textContent === text);
    }, wanted);
  }

  /** WCAG 2.2 A and AA by axe: no violation on what is shown now. */
  async expectAccessible(where: string): Promise<void> {
    // A click is done once the next page begins: it may have neither its style nor its end yet.
    await this.page.waitForLoadState();
    // What is fading in has other colours on the way. What lasts longer, such as a wheel that turns, is not waited for.
    await this.page.evaluate(() => {
      const brief = document
        .getAnimations()
        .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) <= 1000);
      return Promise.allSettled(brief.map(({ finished }) => finished));
    });
    if (!(await this.page.evaluate(() => "axe" in window))) await this.page.evaluate(axeSource);
    const found = await this.page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run: (context: unknown, options: unknown) => Promise<AxeResults> };
      };
      interface AxeResults {
        violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary: string }[] }[];
      }
      const results = await axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      });
      return results.violations.map(
        ({ id, help, nodes }) =>
          `${id} (${help}): ${nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary}`).join(" | ")}`,
      );
    });
    expect(found, where).toEqual([]);
  }

  /** Nothing sticks out sideways: no scroll bar for the whole page. */
  async expectFits(where: string): Promise<void> {
    // A chart is drawn anew after its box has changed.
    await expect
      .poll(
        () => this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        { message: `${where} is wider than its window` },
      )
      .toBeLessThanOrEqual(0);
  }

  async close(): Promise<void> {
    await this.context.close();
    // Its last processes may still be writing there.
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** The browsers of several people, which a test file closes together. */
export class Visitors {
  private readonly all: Visitor[] = [];

  async open(url: string, options: Parameters<typeof Visitor.open>[1] = {}): Promise<Visitor> {
    const visitor = await Visitor.open(url, options);
    this.all.push(visitor);
    return visitor;
  }

  async close(): Promise<void> {
    for (const visitor of this.all) await visitor.close();
  }
}
