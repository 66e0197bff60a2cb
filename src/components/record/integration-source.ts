import { type ComponentType, createContext, type ReactNode } from "react";

export interface IntegrationSourceProps {
  id: string;
  /** What is drawn if there is no such integration. */
  otherwise: ReactNode;
}

/** Draws the integration that a value came from. The app provides it: what is shared knows no integrations. */
export const IntegrationSourceContext = createContext<ComponentType<IntegrationSourceProps> | null>(null);

const INTEGRATION_PAGE = /^\/settings\/integrations\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/**
 * The id that the address of an integration's page in the app has; null for any other. Values that came from an integration, which
 * named no page, have it as their source. The app may have had another host then.
 */
export function integrationOf(source: string): string | null {
  const url = URL.parse(source);
  if (url === null || url.search !== "" || url.hash !== "") return null;
  return INTEGRATION_PAGE.exec(url.pathname)?.[1] ?? null;
}
