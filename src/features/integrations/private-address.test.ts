import fc from "fast-check";
import { expect, test } from "vitest";
import { isPublicAddress } from "../../../supabase/functions/_shared/outbound/addresses.ts";
import { isPrivateAddress } from "./private-address";

test.each([
  "http://localhost:5678/webhook",
  "https://n8n.localhost",
  "http://127.1/hook",
  "http://10.0.0.5:5678/webhook",
  "http://172.20.0.2",
  "https://192.168.1.10/x",
  "http://169.254.169.254/",
  "http://printer.local.",
  "http://n8n:5678/webhook",
  "http://[::1]:5678/",
  "http://[fd00::1]/",
  "http://[::ffff:10.0.0.5]/",
  " http://LOCALHOST ",
])("%s is private", (address) => expect(isPrivateAddress(address)).toBe(true));

test.each([
  "https://example.com/localhost",
  "https://local.example.com",
  "https://10.example.com",
  "http://172.32.0.1",
  "http://8.8.8.8/",
  "https://[2606:4700::1111]/",
  "",
  "local",
  "http://",
])("%s is not", (address) => expect(isPrivateAddress(address)).toBe(false));

test("what is called private is refused by the server unless it is allowed", () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
      const host = new URL(ip.includes(":") ? `http://[${ip}]` : `http://${ip}`).hostname;
      return !(isPrivateAddress(`http://${host}/`) && isPublicAddress(host.replace(/^\[|\]$/g, "")));
    }),
  );
});
