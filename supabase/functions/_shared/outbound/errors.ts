/**
 * Why a request did not come back:
 * - `bad_url`: not http(s), has credentials in it, or cannot be parsed
 * - `blocked_address`: the host is, or resolves to, an address that is not public
 * - `dns_failed`: the name does not resolve
 * - `connect_failed`: nothing answers at the address
 * - `proxy_failed`: none of the installation's own proxies works
 * - `tls_failed`: no TLS there, or a certificate that does not hold
 * - `timeout`: the time for the whole request, redirects and body included, ran out
 * - `reset`: the connection broke before the response was complete
 * - `bad_response`: what came back is not valid HTTP, or its compression is broken
 * - `too_large`: headers or decompressed body went over the limit
 * - `too_many_redirects`: more redirects than allowed, or a loop
 */
export type OutboundErrorCode =
  | "bad_url"
  | "blocked_address"
  | "dns_failed"
  | "connect_failed"
  | "proxy_failed"
  | "tls_failed"
  | "timeout"
  | "reset"
  | "bad_response"
  | "too_large"
  | "too_many_redirects";

/** Every failure of `request` that comes from outside. `message` can be shown to a user; it holds no address. */
export class OutboundError extends Error {
  override readonly name = "OutboundError";
  readonly code: OutboundErrorCode;

  constructor(code: OutboundErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const CONNECT_CODES = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "ETIMEDOUT",
  "EHOSTDOWN",
  "EACCES",
]);
const PASSING_CODES = new Set(["timeout", "reset", "connect_failed", "proxy_failed"]);
const RESET_CODES = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED", "ERR_STREAM_PREMATURE_CLOSE"]);
const PASSING_DNS_CODES = new Set(["EAI_AGAIN", "ETIMEOUT", "ESERVFAIL", "ECONNREFUSED"]);
const TLS_CODE =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|CRL_|DEPTH_ZERO_|UNABLE_TO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO)/;
// Deno reports TLS problems without a code: the text comes from rustls.
const TLS_MESSAGE = /certificate|handshake|corrupt message|tls|unexpected ?eof/i;

/** Sorts an error of node's sockets, TLS, HTTP parser or zlib (under Node or Deno) into our codes. */
export function toOutboundError(error: unknown, host: string): OutboundError {
  if (error instanceof OutboundError) return error;
  const code = errorCode(error);
  const text = error instanceof Error ? error.message : String(error);
  const cause = { cause: error };
  if (CONNECT_CODES.has(code)) return new OutboundError("connect_failed", `${host} does not answer`, cause);
  if (RESET_CODES.has(code)) return new OutboundError("reset", `${host} closed the connection early`, cause);
  if (code === "HPE_HEADER_OVERFLOW") {
    return new OutboundError("too_large", `${host} sent too many headers`, cause);
  }
  if (code.startsWith("HPE_") || code.startsWith("Z_") || code.startsWith("ERR__ERROR_FORMAT")) {
    return new OutboundError("bad_response", `${host} sent a response that cannot be read`, cause);
  }
  if (TLS_CODE.test(code) || TLS_MESSAGE.test(text)) {
    return new OutboundError("tls_failed", `${host} has no valid certificate for a secure connection`, cause);
  }
  return new OutboundError("reset", `The connection to ${host} broke`, cause);
}

/** True when the same request may well work later: nothing says that the host or the name is gone for good. */
export function isPassing(error: OutboundError): boolean {
  if (error.code === "dns_failed") return PASSING_DNS_CODES.has(errorCode(error.cause));
  return PASSING_CODES.has(error.code);
}

function errorCode(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0]);
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "";
}
