import type { Outcome, Row } from './play.ts';

const cell = (text: string) => text.replaceAll('|', '\\|');

/** The table as Markdown: what was done, and where both sides stood in the end. */
export function asMarkdown(rows: readonly Row[], outcomes: ReadonlyMap<string, Outcome>): string {
  const lines = rows.map(({ name, before, deeds }) => {
    const said = [before, ...deeds].flatMap((deed) => (deed ? [deed.says] : []));
    const end = outcomes.get(name)?.end;
    return [name, said.join('; '), end?.amazon ?? '', end?.shopify ?? '', end?.app ?? '']
      .map(cell)
      .join(' | ');
  });
  const head = ['Scenario | What is done | Amazon | Shopify | The app', '--- | --- | --- | --- | ---'];
  return [...head, ...lines].map((line) => `| ${line} |\n`).join('');
}
