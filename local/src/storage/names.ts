import { invalid } from "./errors.ts";

const keyCharacters = /^[\w/!\-.*'() &$@=;:+,?]+$/;
const bucketCharacters = /^[\w!\-.*'() &$@=;:+,?]+$/;
const maxKeyLength = 1024;
const maxBucketLength = 100;

/** The name as given when it may name an object: the characters that hosted allows, no empty, "." or ".." part. */
export function objectName(name: string): string {
  const usable =
    name.length <= maxKeyLength &&
    keyCharacters.test(name) &&
    name.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  if (!usable) throw invalid(`Invalid key: ${name}`);
  return name;
}

/** The name as given when it may name a bucket. */
export function bucketName(name: string): string {
  if (name.length > maxBucketLength || !bucketCharacters.test(name) || name.trim() !== name) {
    throw invalid("Bucket name invalid");
  }
  return name;
}

/** The bucket and name of an object in a URL, each as it may be. */
export function objectPath({ bucket, name }: { bucket: string; name: string }) {
  return { bucket: bucketName(bucket), name: objectName(name) };
}

/** A content-disposition that saves the response under this file name, whatever characters it has. */
export function attachment(fileName: string): string {
  const plain = fileName.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
  // encodeURIComponent throws on half a surrogate pair
  const encoded = encodeURIComponent(Buffer.from(fileName).toString()).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** Whether a media type is one of these; "image/*" allows every subtype. */
export function allowsType(allowed: readonly string[], contentType: string): boolean {
  const [type = ""] = contentType.toLowerCase().split(";");
  const [family] = type.trim().split("/");
  return allowed.some((one) => [type.trim(), `${family}/*`, "*/*", "*"].includes(one.toLowerCase()));
}
