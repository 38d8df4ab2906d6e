/** What a path names may be an id of ours: 1 to 256 characters without control characters, which no store takes. */
export function isExternalId(text: string): boolean {
  return text.length > 0 && text.length <= 256 && !/\p{Cc}/u.test(text);
}
