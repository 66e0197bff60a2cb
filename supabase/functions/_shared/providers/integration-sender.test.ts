import { expect, test } from "vitest";
import type { ContactStage } from "../contracts/progress.ts";
import type { Batch, Claim } from "../engine/queue.ts";
import type { IntegrationSettings } from "../integrations/settings.ts";
import { parseAllowHosts } from "../outbound/policy.ts";
import { integrationSender } from "./integration-sender.ts";
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
  const { outcomes, wasSent } = await integrationSender(settings).send(
    claim,
    batch,
    new AbortController().signal,
  );
  const codes = [...outcomes].map(([id, outcome]) => [id, "code" in outcome ? outcome.code : outcome.kind]);
  return { codes: Object.fromEntries(codes), wasSent };
}

test("contacts who do not want to be contacted are told to nobody, and say so", async () => {
  expect(await codesOf([contact("1", true), contact("2", true, "sync")])).toEqual({
    codes: { 1: "do_not_contact", 2: "do_not_contact" },
    wasSent: false,
  });
});

test("the others of their request go out", async () => {
  expect(await codesOf([contact("1", true), contact("2", false)])).toEqual({
    codes: { 1: "do_not_contact", 2: "not_set_up" },
    wasSent: false,
  });
});
