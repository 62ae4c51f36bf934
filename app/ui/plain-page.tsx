import type { ReactNode } from 'react';

/** A page outside of Shopify's admin: a title and one sentence, without Polaris, so that it works when all else failed. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main
      style={{
        maxWidth: '36rem',
        margin: '4rem auto',
        padding: '0 1rem',
        fontFamily: 'system-ui, sans-serif',
      }}
    >
      <h1>{title}</h1>
      <p>{children}</p>
    </main>
  );
}
