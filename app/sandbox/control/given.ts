type Given<Fields> = { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };

/** Leaves out what is undefined: an absent field and one without a value are the same outside. */
export function given<Fields extends object>(fields: Fields): Given<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Given<Fields>;
}
