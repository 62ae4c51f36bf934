/** Texts of one language as its file holds them: by key, the parts of a key one inside the other. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

/** The texts of a language, with English ones where it has none; keys that English has not are left out. */
export function completed(own: Texts, english: Texts): Texts {
  const filled = (text: string | Texts, found: string | Texts | undefined): string | Texts => {
    if (typeof text === 'string') return typeof found === 'string' ? found : text;
    return completed(typeof found === 'object' ? found : {}, text);
  };
  return Object.fromEntries(
    Object.entries(english).map(([key, text]) => [key, filled(text, own[key])] as const),
  );
}
