/** How an account is called: by the store's name with its id, or by the id alone where Amazon did not tell the name. */
export const accountName = ({
  name,
  sellerId,
}: {
  readonly name: string | null;
  readonly sellerId: string;
}): string => (name === null ? sellerId : `${name} (${sellerId})`);
