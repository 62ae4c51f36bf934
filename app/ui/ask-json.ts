/**
 * Posts to a route of the app that answers with data, as its forms do; App Bridge adds the session token. Null where no answer
 * came: nobody knows then whether it was done. The answer is the app's own, so it is not parsed again.
 */
export async function askJson<A>(url: string, body: unknown): Promise<A | null> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.ok ? ((await answer.json()) as A) : null;
  } catch {
    return null;
  }
}
