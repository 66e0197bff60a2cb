export * from "./csv.ts";
export * from "./imports.ts";
export * from "./lists.ts";
export * from "./members.ts";
export * from "./progress.ts";
export * from "./research.ts";
export * from "./tasks.ts";
