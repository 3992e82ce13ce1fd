export type Theme = "auto" | "light" | "dark";
const key = "orderd-theme";

export const themeNow = (): Theme => (localStorage.getItem(key) as Theme | null) ?? "auto";

/** Light or dark follows the system unless it is set here; stored in this browser. */
export function setTheme(theme: Theme): void {
  if (theme === "auto") {
    localStorage.removeItem(key);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(key, theme);
    document.documentElement.dataset.theme = theme;
  }
  dispatchEvent(new Event("orderd-theme"));
}

export const applyTheme = () => {
  const theme = themeNow();
  if (theme !== "auto") document.documentElement.dataset.theme = theme;
};
