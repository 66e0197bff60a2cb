import { create } from "zustand";
import { persist } from "zustand/middleware";

export type Theme = "system" | "light" | "dark";

interface ThemeState {
  theme: Theme;
  setTheme: (theme: Theme) => void;
}

/** The look the user chose. `public/theme.js` reads the same storage entry before the first paint. */
export const useTheme = create<ThemeState>()(
  persist((set) => ({ theme: "system", setTheme: (theme) => set({ theme }) }), { name: "aim-theme" }),
);

/** Keeps the page's `data-theme` at the choice and, for "system", at what the system says. */
export function startTheme(): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const { theme } = useTheme.getState();
    const dark = theme === "dark" || (theme === "system" && system.matches);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  };
  useTheme.subscribe(apply);
  system.addEventListener("change", apply);
  apply();
}
