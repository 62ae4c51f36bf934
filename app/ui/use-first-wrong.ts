import { useNavigate } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { sectionOf, sectionUrl, type SettingsSection } from './settings-sections.ts';

/** Leads to the first value that was not taken: to its section, and the focus to its field. */
export function useFirstWrong(wrong: readonly string[], section: SettingsSection): void {
  const navigate = useNavigate();
  const names = wrong.join();
  const led = useRef('');
  useEffect(() => {
    if (names === '') led.current = '';
    if (names === '' || led.current === names) return;
    const sections = names.split(',').map(sectionOf);
    const first = sections.find((each) => each !== undefined);
    if (first !== undefined && !sections.includes(section)) {
      navigate(sectionUrl(first), { preventScrollReset: true });
      return;
    }
    led.current = names;
    document.querySelector<HTMLElement>('.settings-section [aria-invalid="true"]')?.focus();
  }, [names, section, navigate]);
}
