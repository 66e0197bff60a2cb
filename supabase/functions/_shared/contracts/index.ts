export * from "./lists.ts";
export * from "./research.ts";
