import { defineConfig } from "vitest/config";

const alias = {
  "@contracts": new URL("./supabase/functions/_shared/contracts/index.ts", import.meta.url).pathname,
  "@": new URL("./src", import.meta.url).pathname,
};

export default defineConfig({
  resolve: { alias },
  test: {
    // The default leaves one processor idle: half of a machine with two.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "src/**/*.test.{ts,tsx}",
            "supabase/functions/**/*.test.ts",
            "scripts/**/*.test.ts",
            "tests/fixtures/**/*.test.ts",
          ],
          // Properties try hundreds of cases: on a busy machine that takes longer than the usual 5 s.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: { name: "local", include: ["local/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
      },
      {
        extends: true,
        test: { name: "db", include: ["tests/db/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: { name: "api", include: ["tests/api/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 120_000 },
      },
    ],
  },
});
