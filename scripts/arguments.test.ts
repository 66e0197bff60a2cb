import { expect, test } from "vitest";
import { readArguments, readSettings } from "./arguments.ts";

test("the command line wins over the environment, which wins over the default", () => {
  expect(readArguments([], {}).port).toBe(54321);
  expect(readArguments([], { AIM_PORT: "5000" }).port).toBe(5000);
  expect(readArguments(["--port", "6000", "--demo"], { AIM_PORT: "5000" })).toMatchObject({
    port: 6000,
    isDemo: true,
  });
  expect(readArguments([], { AIM_PORT: "" }).port).toBe(54321);
  expect(readArguments([], { AIM_DATA_DIR: "/data" }).dataDir).toBe("/data");
});

test("what cannot be read is refused by name", () => {
  expect(() => readArguments(["--port", "99999"], {})).toThrow('"99999" is not a port');
  expect(() => readArguments(["--prot", "1"], {})).toThrow("--prot");
});

test("settings of integrations come from the environment, and nothing else does", () => {
  const environment = { OUTBOUND_ALLOW_HOSTS: "localhost:5678", PUBLIC_URL: "", HOME: "/root", APP_URL: "x" };
  expect(readSettings(environment)).toEqual({ OUTBOUND_ALLOW_HOSTS: "localhost:5678" });
});
