import { describe, expect, it } from "vitest";
import { RateMeter } from "./rate";

describe("the rate", () => {
  it("is that of the last seconds", () => {
    const meter = new RateMeter(10_000);
    meter.add(0, 0);
    expect(meter.perSecond()).toBeNull();
    meter.add(1_000, 1_000);
    expect(meter.perSecond()).toBe(1_000);
    for (let second = 2; second <= 60; second++) meter.add(1_000 + (second - 1) * 50, second * 1_000);
    expect(meter.perSecond()).toBe(50);
  });
});
