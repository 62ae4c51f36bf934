import { Form, useSearchParams } from '@remix-run/react';
import { Button, TextField } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { kept } from './trail.ts';

/** The search of a list as a form of its own (`?q=`) that keeps the list's filters. The key `/` puts the cursor into it. */
export function SearchForm({
  value,
  label,
  hint,
}: {
  readonly value: string;
  /** What is searched; orders where nothing is said. */
  readonly label?: string;
  readonly hint?: string;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const [query] = useSearchParams();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const inField = event.target instanceof HTMLElement && event.target.closest('input, textarea, select');
      if (event.key !== '/' || inField) return;
      event.preventDefault();
      form.current?.querySelector('input')?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => {
      document.removeEventListener('keydown', focus);
    };
  }, []);
  return (
    <Form method="get" role="search" ref={form}>
      {kept.flatMap((name) => {
        const given = name === 'q' ? null : query.get(name);
        return given ? [<input key={name} type="hidden" name={name} value={given} />] : [];
      })}
      <TextField
        name="q"
        label={label ?? t('orders.search.label')}
        labelHidden
        placeholder={hint ?? t('orders.search.hint')}
        value={text}
        onChange={setText}
        autoComplete="off"
        connectedRight={<Button submit>{t('action.search')}</Button>}
      />
    </Form>
  );
}
