import { buildApp } from "../../scripts/app-build.ts";

/** Builds the app before the first test: workers that start together must not build it at the same moment. */
export default async (): Promise<void> => {
  await buildApp(console.log);
};
