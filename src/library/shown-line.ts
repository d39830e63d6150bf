/** Characters that are not shown, or that turn the direction of the text around them. */
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/** Whether others may be shown this text of a viewer within a line of a page. */
export function isShownLine(text: string): boolean {
  return !HIDDEN.test(text);
}
