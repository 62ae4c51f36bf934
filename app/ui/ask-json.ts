/**
 * Asks a route of the app that answers with data; with a body it is a POST, as its forms make it. App Bridge adds the session
 * token. Null where no answer came: nobody knows then whether it was done. The answer is the app's own, so it is not parsed again.
 */
export async function askJson<A>(url: string, body?: unknown): Promise<A | null> {
  try {
    const posted = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const answer = await fetch(url, body === undefined ? {} : posted);
    return answer.ok ? ((await answer.json()) as A) : null;
  } catch {
    return null;
  }
}
