export * from "./research.ts";
