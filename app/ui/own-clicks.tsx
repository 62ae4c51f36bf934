import type { ReactNode } from 'react';

/** Keeps clicks on what is inside from being clicks on the table's row, which would select it. */
export function OwnClicks({ children }: { readonly children: ReactNode }) {
  return (
    <div
      onClick={(event) => {
        event.stopPropagation();
      }}
    >
      {children}
    </div>
  );
}
