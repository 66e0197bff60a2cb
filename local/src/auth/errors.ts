/** An answer in Supabase Auth's error shape. */
export class AuthError extends Error {
  readonly status: number;
  readonly code: string;
  readonly extra: Record<string, unknown>;

  constructor(status: number, code: string, message: string, extra: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.extra = extra;
  }

  /** Clients of API version 2024-01-01 read `code`; older ones `error_code` and `msg`. */
  body(apiVersion: string | undefined): Record<string, unknown> {
    return apiVersion !== undefined && apiVersion >= "2024-01-01"
      ? { code: this.code, message: this.message, ...this.extra }
      : { code: this.status, error_code: this.code, msg: this.message, ...this.extra };
  }
}

export const invalidCredentials = () =>
  new AuthError(400, "invalid_credentials", "Invalid login credentials");
export const emailNotConfirmed = () => new AuthError(400, "email_not_confirmed", "Email not confirmed");
export const userNotFound = () => new AuthError(404, "user_not_found", "User not found");
export const userBanned = () => new AuthError(400, "user_banned", "User is banned");
export const emailExists = () =>
  new AuthError(422, "email_exists", "A user with this email address has already been registered");
export const otpExpired = () => new AuthError(403, "otp_expired", "Email link is invalid or has expired");
export const badJwt = (why: string) => new AuthError(403, "bad_jwt", `invalid JWT: ${why}`);
export const notAdmin = () => new AuthError(403, "not_admin", "User not allowed");
export const validationFailed = (why: string) => new AuthError(400, "validation_failed", why);
export const tooMany = (code: "over_request_rate_limit" | "over_email_send_rate_limit") =>
  new AuthError(
    429,
    code,
    code === "over_request_rate_limit" ? "Request rate limit reached" : "email rate limit exceeded",
  );
