import { createContext } from "preact";
import { useContext } from "preact/hooks";

export type Role = "viewer" | "staff" | "owner";
const rank: Record<Role, number> = { viewer: 1, staff: 2, owner: 3 };

export interface Session {
  user: { id: number; username: string; role: Role };
  shop: {
    name: string;
    currency: string;
    /** Whether customers get e-mail about their orders. */
    mails: boolean;
  };
  /** Reads it again, after one of these was changed. */
  refresh: () => Promise<void>;
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** Who is signed in, and to which shop. Only available when signed in. */
export function useSession(): Session {
  return useContext(SessionContext)!;
}

/** Whether the user has the rights of a role: screens show only buttons that may be pressed. */
export function useMay(least: Role): boolean {
  return rank[useSession().user.role] >= rank[least];
}
