import { expect, test } from "vitest";
import { delivery } from "../../../../tests/support/delivery.ts";
import type { ContactStage } from "../contracts/progress.ts";
import type { Batch, Claim } from "../engine/queue.ts";
import type { IntegrationSettings } from "../integrations/settings.ts";
import { parseAllowHosts } from "../outbound/policy.ts";
import { integrationSender, isPaid } from "./integration-sender.ts";
import type { ProviderJob } from "./provider.ts";

const settings: IntegrationSettings = {
  policy: parseAllowHosts(""),
  ring: null,
  publicUrl: null,
  appUrl: null,
};

const claim: Claim = {
  lane: { id: "l", in_flight: 1, limiter: null, limiter_version: 0 },
  integration: {
    id: "i",
    workspace_id: "w",
    kind: "webhook",
    name: "Ours",
    url: "https://a.example/",
    auth_header: null,
    max_in_flight: 1,
    timeout_seconds: 1,
    deleted_at: null,
    secrets: {},
  },
  batches: [],
  known: [],
};

const contact = (id: string, isBarred: boolean, stage: ContactStage = "enrich"): ProviderJob => ({
  id,
  attempt: 1,
  stage,
  ...(isBarred && { isBarred }),
  subject: {
    company_id: "c",
    name: "Acme",
    domain: null,
    website: null,
    contact: {
      contact_id: id,
      name: "Jane",
      first_name: null,
      last_name: null,
      title: null,
      email: "jane@acme.example",
      phone: null,
      linkedin_url: null,
    },
  },
});

async function codesOf(jobs: ProviderJob[]) {
  const batch: Batch = { id: "b", jobs };
  const reply = await integrationSender(settings).send(claim, batch, new AbortController().signal);
  const codes = [...reply.outcomes].map(([id, outcome]) => [
    id,
    "code" in outcome ? outcome.code : outcome.kind,
  ]);
  return { codes: Object.fromEntries(codes), isPaid: reply.isPaid };
}

test("contacts who do not want to be contacted are told to nobody, and say so", async () => {
  expect(await codesOf([contact("1", true), contact("2", true, "sync")])).toEqual({
    codes: { 1: "do_not_contact", 2: "do_not_contact" },
    isPaid: false,
  });
});

test("the others of their request go out", async () => {
  expect(await codesOf([contact("1", true), contact("2", false)])).toEqual({
    codes: { 1: "do_not_contact", 2: "not_set_up" },
    isPaid: false,
  });
});

test.each([
  [200, null, true],
  [202, null, true],
  [200, "not_json", true],
  [500, "http_500", true],
  [400, "http_400", true],
  [null, "timeout", true],
  [null, "reset", true],
  [429, "throttled", false],
  [503, "throttled", false],
  [401, "http_401", false],
  [404, "http_404", false],
  [413, "http_413", false],
  [302, "redirected", false],
  [null, "connect_failed", false],
  [null, "blocked_address", false],
])("a request that ended with %s %s costs something: %s", (status, code, costs) => {
  const error = code === null ? null : { code, reason: "" };
  expect(isPaid([{ ...delivery, status, error }])).toBe(costs);
});

test("one of several requests that was worked on is enough", () => {
  expect(isPaid([{ ...delivery, status: 429, error: { code: "throttled", reason: "" } }, delivery])).toBe(
    true,
  );
  expect(isPaid([])).toBe(false);
});
