import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Api } from "./api";

const program = resolve(fileURLToPath(import.meta.url), "../../../../tests/support/mail_server.py");

/** A mail as a mail program reads it. */
export interface Mail {
  envelope_to: string[];
  subject: string;
  text: string;
  html: string;
}

/** A real mail server on loopback, aiosmtpd, which keeps what comes. */
export class MailServer {
  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(): Promise<MailServer> {
    const folder = mkdtempSync(join(tmpdir(), "orderd-mails-"));
    // Debian's Python, which has Debian's aiosmtpd.
    const child = spawn("/usr/bin/python3", [program, folder, "0", "none"], { stdio: ["ignore", "pipe", "inherit"] });
    const port = await new Promise<number>((listens, fails) => {
      child.stdout!.once("data", (line) => listens(Number(line)));
      child.once("exit", (code) => fails(new Error(`the mail server ended with ${code}`)));
    });
    return new MailServer(folder, child, port);
  }

  /** Has the shop send its mails here. */
  async receive(api: Api, more: object = {}): Promise<void> {
    const from = { from_address: "shop@example.com", from_name: "" };
    const mail = { host: "127.0.0.1", port: this.port, security: "none", username: "", ...from, ...more };
    await api.call("PUT", "/admin/settings", { mail });
  }

  /** What came so far, oldest first. */
  get mails(): Mail[] {
    const file = join(this.folder, "mails");
    if (!existsSync(file)) return [];
    // The last line may still be being written.
    const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line));
  }

  /** What `find` makes of the newest mail of which it makes something, which has come or comes. */
  async found<Found>(find: (mail: Mail) => Found | undefined): Promise<Found> {
    for (let tries = 0; tries < 300; tries++) {
      for (const mail of this.mails.reverse()) {
        const found = find(mail);
        if (found !== undefined) return found;
      }
      await new Promise((wait) => setTimeout(wait, 100));
    }
    throw new Error(`no such mail came:\n${this.mails.map(({ subject, text }) => `${subject}\n${text}`).join("\n\n")}`);
  }

  /** Has the server answer otherwise from now on: { rcpt: "550 …" }. */
  answer(rules: Record<string, string>): void {
    // It never reads half of them.
    writeFileSync(join(this.folder, "rules.new"), JSON.stringify(rules));
    renameSync(join(this.folder, "rules.new"), join(this.folder, "rules"));
  }

  stop(): void {
    this.child.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
