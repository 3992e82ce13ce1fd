export interface Orderd {
  url: string;
  folder: string;
  output: () => string;
  stop: () => Promise<void>;
}
export function executable(): string;
export function startOrderd(command?: string, extra?: string[], environment?: Record<string, string>): Promise<Orderd>;
