/** Amazon's SKUs have at most 40 signs; what is longer than this is none. */
const longest = 255;

/** Whether a text can be an SKU: one line that can be kept as it is, with a sign that is seen. */
export function isSku(text: string): boolean {
  return text.length <= longest && /\S/.test(text) && !/\p{Cc}/u.test(text) && text.isWellFormed();
}
