import { describe, expect, it } from "vitest";
import { detectKind } from "./kind";

describe("what a file lists", () => {
  it.each([
    ["companies", "Name,Website"],
    ["companies", "Company,Website,Industry,# Employees,Company Phone"],
    ["companies", "Company name,Company Domain Name,Email,Phone Number"],
    ["companies", "Firma;Webseite;E-Mail"],
    ["companies", "a,b,c"],
    ["contacts", "First Name,Last Name,Company,Email"],
    ["contacts", "Full Name,Job Title,Company Domain"],
    ["contacts", "Name,Email,Company"],
    ["contacts", "Vorname;Nachname;Firma"],
  ])("is %s for the header %s", (kind, header) => {
    expect(detectKind(header.split(/[,;]/), [])).toBe(kind);
  });
});
