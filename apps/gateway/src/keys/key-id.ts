const KEY_ID = /^[\x21-\x7e]{1,128}$/;

/** Whether a key could have this id; any other is simply unknown, and nothing the database should see. */
export function isKeyId(text: string): boolean {
  return KEY_ID.test(text);
}
