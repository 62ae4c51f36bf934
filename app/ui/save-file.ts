/** Gives the browser a file to keep. */
export function saveFile(name: string, file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken it up by then; kept longer it would fill the memory of a page that is never left.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}

/** Fetches a file of the app's, with the session token that a plain link has not, and lets the browser keep it. False: no answer came. */
export async function fetchFile(url: string, name: string): Promise<boolean> {
  try {
    const answer = await fetch(url);
    if (!answer.ok) return false;
    saveFile(name, await answer.blob());
    return true;
  } catch {
    return false;
  }
}
