import type { ComponentType } from "preact";
import { useCallback, useEffect, useLayoutEffect, useState } from "preact/hooks";
import { get, Problem, post, useCsrf, whenSignedOut } from "./api/client";
import { useData, useReload } from "./api/data";
import { closeStream, missed, openStream, useEvents } from "./api/stream";
import { go, match, usePlace } from "./router";
import { SignIn, SignInForm } from "./screens/sign-in";
import { type Role, type Session, SessionContext, useMay, useSession } from "./session";
import { type MenuEntry, Shell } from "./shell";
import { useTimeZone } from "./text/time";
import { Dialog } from "./ui/dialog";
import { Page } from "./ui/page";
import { Empty, Failed, Loading } from "./ui/states";
import { notify, Toasts } from "./ui/toast";

/** A screen's props: the values in its address. */
export type ScreenProps = { values: Record<string, string> };
type Screen = ComponentType<ScreenProps>;
type Load = () => Promise<{ default: Screen }>;

/** Every screen, by its address; each is loaded when it is first opened. */
const screens: [pattern: string, load: Load, least?: Role][] = [
  ["/", () => import("./screens/today")],
  ["/orders", () => import("./screens/orders")],
  ["/orders/new", () => import("./screens/order-new"), "staff"],
  ["/orders/:id", () => import("./screens/order")],
  ["/pack", () => import("./screens/pack")],
  ["/pack/:id", () => import("./screens/pack-order"), "staff"],
  ["/discount-codes", () => import("./screens/discount-codes")],
  ["/discount-codes/:id", () => import("./screens/discount-code")],
  ["/payments", () => import("./screens/payments")],
  ["/reports", () => import("./screens/reports")],
  ["/documents", () => import("./screens/documents")],
  ["/inventory", () => import("./screens/inventory")],
  ["/inventory/import", () => import("./screens/import"), "staff"],
  ["/inventory/stock-in", () => import("./screens/stock-in"), "staff"],
  ["/inventory/new", () => import("./screens/product-new"), "staff"],
  ["/inventory/groups", () => import("./screens/groups")],
  ["/inventory/groups/new", () => import("./screens/group-new"), "staff"],
  ["/inventory/groups/:id", () => import("./screens/group")],
  ["/inventory/:id", () => import("./screens/product")],
  ["/collections", () => import("./screens/collections")],
  ["/alerts", () => import("./screens/alerts")],
  ["/return-requests", () => import("./screens/return-requests")],
  ["/delivery", () => import("./screens/delivery")],
  ["/delivery/new", () => import("./screens/delivery-new"), "staff"],
  ["/delivery/:id", () => import("./screens/delivery-method"), "staff"],
  ["/customers", () => import("./screens/customers")],
  ["/customers/:id", () => import("./screens/customer")],
  ["/mails", () => import("./screens/mails")],
  ["/jobs", () => import("./screens/jobs")],
  ["/audit", () => import("./screens/audit"), "owner"],
  ["/users", () => import("./screens/users"), "owner"],
  ["/api-keys", () => import("./screens/api-keys"), "owner"],
  ["/webhooks", () => import("./screens/webhooks"), "owner"],
  ["/webhooks/:id", () => import("./screens/webhook"), "owner"],
  ["/texts", () => import("./screens/texts"), "owner"],
  ["/texts/legal", () => import("./screens/legal-texts"), "owner"],
  ["/texts/legal/:kind/:language", () => import("./screens/legal-text"), "owner"],
  ["/settings", () => import("./screens/settings"), "owner"],
  ["/account", () => import("./screens/account")],
];

type Stage =
  | { at: "starting" }
  | { at: "failed"; error: unknown }
  | { at: "out" }
  /** `lapsed`: the session ended during work; the page stays, with what was typed, until the user signs in again. */
  | { at: "in"; session: Session; lapsed?: boolean };

const lapse = (stage: Stage): Stage => (stage.at === "in" ? { ...stage, lapsed: true } : { at: "out" });

export function App() {
  const { path, query } = usePlace();
  const [stage, setStage] = useState<Stage>({ at: "starting" });

  const enter = useCallback(async (): Promise<void> => {
    try {
      const { session: me } = await get("/auth/session");
      if (!me) {
        setStage(lapse);
        return;
      }
      useCsrf(me.csrf_token);
      const settings = await get("/admin/settings");
      useTimeZone(settings.time_zone);
      const next: Stage = {
        at: "in",
        session: {
          user: { ...me.user, role: me.user.role as Role },
          shop: {
            name: settings.shop_name,
            currency: settings.currency,
            mails: settings.mail !== null,
          },
          refresh: enter,
        },
      };
      setStage((stage) => {
        // Someone else signed in: what the first user had typed is discarded.
        if (stage.at === "in" && stage.session.user.id !== me.user.id) location.reload();
        return next;
      });
    } catch (error) {
      if (error instanceof Problem && (error.status === 401 || error.status === 403)) setStage(lapse);
      else setStage({ at: "failed", error });
    }
  }, []);

  useEffect(() => {
    whenSignedOut(() => setStage(lapse));
    void enter();
  }, [enter]);
  const signedIn = stage.at === "in" && !stage.lapsed;
  // Before the screens read: what happens between a read and the opening of the stream would never be shown.
  useLayoutEffect(() => {
    if (!signedIn) return;
    openStream();
    return closeStream;
  }, [signedIn]);

  if (path === "/setup")
    return (
      <Lazy
        load={() => import("./screens/setup")}
        values={{ token: query.get("token") ?? location.hash.replace(/^#(token=)?/, "") }}
      />
    );
  switch (stage.at) {
    case "starting":
      return null;
    case "failed":
      return (
        <div class="gate">
          <Failed error={stage.error} again={() => void enter()} />
        </div>
      );
    case "out":
      return <SignIn onSignedIn={enter} />;
    case "in":
      return (
        <SessionContext.Provider value={stage.session}>
          <SignedIn
            signOut={async () => {
              await post("/auth/logout").catch(() => {});
              useCsrf("");
              setStage({ at: "out" });
              go("/");
            }}
          />
          <Toasts />
          {stage.lapsed && (
            <Dialog title="Sign in again">
              <div class="dialog-body">
                <p>Your session has ended. The page behind this is as you left it, with what you typed.</p>
                <SignInForm
                  username={stage.session.user.username}
                  onSignedIn={async () => {
                    await enter();
                    missed();
                  }}
                />
                <p>
                  <button type="button" class="link" onClick={() => setStage({ at: "out" })}>
                    Leave it
                  </button>
                </p>
              </div>
            </Dialog>
          )}
        </SessionContext.Provider>
      );
  }
}

function SignedIn({ signOut }: { signOut: () => Promise<void> }) {
  const { path } = usePlace();
  const { user, refresh } = useSession();
  const figures = useData("/admin/stats", [], {
    live: ["order.", "payment.", "shipment.", "alert.", "job.", "setting."],
  });
  // A full disk causes no events.
  useReload(figures, 30_000);
  const stats = figures.data;
  const notice = useData("/payment-methods", [], { live: ["setting."] }).data?.notice ?? "";
  useEvents(["setting."], () => void refresh());
  useEvents(
    ["order.placed"],
    ({ subject_id: id, actor }) => {
      if (actor === `admin:${user.id}:${user.username}`) return;
      notify(`New order ${id}`, {
        kind: "news",
        action: { label: "Open", run: () => go(`/orders/${id}`) },
        together: (count) => ({ text: `${count} new orders`, action: { label: "Show", run: () => go("/orders") } }),
      });
    },
    { each: true },
  );

  const menu: MenuEntry[][] = [
    [
      { to: "/", label: "Today", key: "t" },
      { to: "/orders", label: "Orders", key: "o" },
      { to: "/pack", label: "To pack", key: "k", count: stats?.to_pack ?? 0 },
      { to: "/discount-codes", label: "Discount codes", key: "d" },
      {
        to: "/payments",
        label: "Payments",
        key: "p",
        count: (stats?.failed_payments ?? 0) + (stats?.disputed_payments ?? 0),
      },
      { to: "/documents", label: "Documents", key: "d" },
      { to: "/return-requests", label: "Returns", count: stats?.return_requests ?? 0 },
      { to: "/inventory", label: "Inventory", key: "i" },
      { to: "/collections", label: "Collections", key: "l" },
      { to: "/alerts", label: "Stock alerts", key: "a", count: stats?.low_stock ?? 0 },
      { to: "/customers", label: "Customers", key: "c" },
      { to: "/reports", label: "Reports", key: "r" },
      { to: "/delivery", label: "Delivery", key: "d" },
    ],
    [
      { to: "/mails", label: "E-mails", key: "e" },
      { to: "/jobs", label: "Background work", key: "j", count: stats?.dead_jobs ?? 0 },
      { to: "/audit", label: "Audit log", least: "owner" },
      { to: "/users", label: "Users", key: "u", least: "owner" },
      { to: "/api-keys", label: "API keys", least: "owner" },
      { to: "/webhooks", label: "Webhooks", key: "w", least: "owner" },
      { to: "/texts", label: "Texts", key: "x", least: "owner" },
      { to: "/settings", label: "Settings", key: "s", least: "owner" },
    ],
  ];
  for (const [pattern, load, least] of screens) {
    const values = match(pattern, path);
    // "/inventory/new" is not a product's number.
    if (!values || (values.id !== undefined && !/^\d+$/.test(values.id))) continue;
    return (
      <Shell menu={menu} notice={notice} trouble={stats?.storage_trouble?.text ?? ""} signOut={signOut}>
        <Allowed least={least ?? "viewer"}>
          <Lazy key={path} load={load} values={values} />
        </Allowed>
      </Shell>
    );
  }
  return (
    <Shell menu={menu} notice={notice} trouble={stats?.storage_trouble?.text ?? ""} signOut={signOut}>
      <Page title="Not found">
        <Empty title="There is no such page">
          <a href="/dashboard/">Back to today</a>
        </Empty>
      </Page>
    </Shell>
  );
}

function Allowed({ least, children }: { least: Role; children: preact.ComponentChildren }) {
  if (useMay(least)) return <>{children}</>;
  return (
    <Page title="Not for this role">
      <Empty title={`This page is for ${least === "owner" ? "owners" : "staff"}`}>
        An owner can change what you may do, under Users.
      </Empty>
    </Page>
  );
}

const loaded = new Map<string, Screen>();

/** Renders a screen once its code is loaded. */
function Lazy({ load, values }: { load: Load; values: Record<string, string> }) {
  const key = String(load);
  const [state, setState] = useState<{ screen?: Screen; error?: unknown }>(() => {
    const screen = loaded.get(key);
    return screen ? { screen } : {};
  });
  useEffect(() => {
    if (loaded.has(key)) return;
    load().then(
      (module) => {
        loaded.set(key, module.default);
        setState({ screen: module.default });
      },
      // After an update of orderd the old files are gone: the page itself must be reloaded.
      (error: unknown) => setState({ error }),
    );
  }, [key]);
  // If the server is down, the page is reloaded once it answers again. If it answers and the file is missing,
  // reloading automatically would never end.
  const failed = state.error !== undefined;
  useEffect(() => {
    if (!failed) return;
    let away = false;
    const ask = () =>
      void fetch("/healthz").then(
        ({ ok }) => {
          if (ok && away) location.reload();
        },
        () => (away = true),
      );
    ask();
    const timer = setInterval(ask, 3000);
    return () => clearInterval(timer);
  }, [failed]);
  if (failed) return <Failed error={new Error("This page could not be fetched.")} again={() => location.reload()} />;
  const Screen = state.screen;
  return Screen ? <Screen values={values} /> : <Loading />;
}
