export interface Orderd {
  url: string;
  folder: string;
  output: () => string;
  /** Waits until it has printed such a text, and returns that. */
  printed: (what: RegExp) => Promise<string>;
  stop: () => Promise<void>;
}
export function executable(): string;
export function startOrderd(command?: string, extra?: string[], environment?: Record<string, string>): Promise<Orderd>;
