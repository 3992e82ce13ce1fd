import { useSession } from "../session";
import { money } from "../text/money";
import { dateTime, exactTime, fromNow } from "../text/time";

/** An amount in the reader's locale; in the shop's currency unless another is given. */
export function Money({ minor, currency }: { minor: number; currency?: string }) {
  const shop = useSession().shop;
  return <span class="nowrap">{money(minor, currency ?? shop.currency)}</span>;
}

/** A moment; its exact time shows on hovering. */
export function When({ at, ago = false }: { at: string; ago?: boolean }) {
  return (
    <time class="nowrap" dateTime={at} title={exactTime(at)}>
      {ago ? fromNow(at) : dateTime(at)}
    </time>
  );
}

/** Who did something, from the text in events and the audit log: "admin:3:anna", "guest". */
export function who(actor: string): string {
  const [kind = "", , ...name] = actor.split(":");
  const known: Record<string, string> = {
    system: "orderd",
    command_line: "the command line",
    customer: "the customer",
    guest: "the customer",
    outside: name.join(":") || "an outside service",
  };
  return known[kind] ?? (name.join(":") || actor);
}
