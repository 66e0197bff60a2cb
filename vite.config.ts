import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { bundleBudget } from "./scripts/bundle-budget.ts";

export default defineConfig({
  plugins: [react(), tailwindcss(), bundleBudget({ limitKilobytes: 200 })],
  resolve: {
    alias: {
      "@contracts": new URL("./supabase/functions/_shared/contracts/index.ts", import.meta.url).pathname,
      "@": new URL("./src", import.meta.url).pathname,
    },
  },
  build: { target: "es2023", sourcemap: true },
});
