import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { bundleBudget } from "./scripts/bundle-budget.ts";

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    bundleBudget([
      { page: "Any page's start", chunks: [], limit: 200 },
      { page: "The sign-in page", chunks: ["SignInPage"], limit: 200 },
      { page: "The campaigns page", chunks: ["Shell", "CampaignsRoute"], limit: 200 },
    ]),
  ],
  resolve: {
    alias: {
      "@contracts": new URL("./supabase/functions/_shared/contracts/index.ts", import.meta.url).pathname,
      "@": new URL("./src", import.meta.url).pathname,
    },
  },
  // The default scans every HTML file of the repository, also the websites that tests serve.
  optimizeDeps: { entries: ["index.html"] },
  server: { watch: { ignored: ["**/.local/**", "**/dist/**", "**/test-results/**"] } },
  build: {
    target: "es2023",
    sourcemap: true,
    // The contracts only declare: a page carries those it uses, not all that stand beside them.
    rolldownOptions: { treeshake: { moduleSideEffects: (id) => !id.includes("/_shared/contracts/") } },
  },
});
