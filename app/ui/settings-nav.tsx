import { Link } from '@remix-run/react';
import { Card } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { settingsSections, sectionUrl, type SettingsSection } from './settings-sections.ts';

interface Props {
  readonly current: SettingsSection;
  /** What is to be known of a section before it is opened. */
  readonly notes: Readonly<Partial<Record<SettingsSection, string>>>;
}

/** The sections of the settings, as links. */
export function SettingsNav({ current, notes }: Props) {
  const { t } = useTranslation();
  return (
    <nav className="settings-nav" aria-label={t('settings.sections')}>
      <Card padding="0">
        <ul>
          {settingsSections.map((section) => (
            <li key={section}>
              <Link
                to={sectionUrl(section)}
                preventScrollReset
                {...(section === current ? { 'aria-current': 'page' as const } : {})}
              >
                {t(`settings.section.${section}.title`)}
                {notes[section] !== undefined && <small>{notes[section]}</small>}
              </Link>
            </li>
          ))}
        </ul>
      </Card>
    </nav>
  );
}
