import type { SendTestResult, UnderstoodResult } from "@contracts";
import { isTestAddress, TEST_ADDRESS_TEXT } from "./test-address";

/** What a test says, in a headline and a sentence; `good` when the integration can be used like this. */
export interface TestVerdict {
  good: boolean;
  title: string;
  message: string;
}

/** What came of a test, in words. */
export function testVerdict({ delivery, understood }: SendTestResult): TestVerdict {
  if (delivery.error_reason !== null)
    return {
      good: false,
      title: "The test did not work",
      message: troubleText(delivery, delivery.error_reason),
    };
  const [result] = understood;
  if (!result)
    return {
      good: false,
      title: "Nothing was understood",
      message: "The answer has no result for the test’s job. See the response below.",
    };
  return resultVerdict(result);
}

/** Why a test did not work; where nobody listens at n8n's test URL, also what to do about that. */
function troubleText({ status, address }: SendTestResult["delivery"], reason: string): string {
  return status === 404 && isTestAddress(address)
    ? `${reason} ${TEST_ADDRESS_TEXT} Use the production URL in the settings.`
    : reason;
}

function resultVerdict({ kind, reason }: UnderstoodResult): TestVerdict {
  switch (kind) {
    case "done":
      return {
        good: true,
        title: "It works: the answer was understood",
        message: "This is what would be stored for the company. Nothing was.",
      };
    case "accepted":
      return {
        good: true,
        title: "It works: the service has taken the job",
        message: "Its result is to come to the callback address. For a test it is not awaited.",
      };
    case "poll":
      return {
        good: true,
        title: "It works: the service is at work on the job",
        message: "It wants to be asked again for the result. For a test that is not done.",
      };
    case "retry":
      return {
        good: false,
        title: "The service asks to try again",
        message: reason ?? "It gave no reason. Research would try again later by itself.",
      };
    case "failed":
      return {
        good: false,
        title: "The job failed",
        message: reason ?? "No reason was given.",
      };
  }
}
