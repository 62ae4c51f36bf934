import { Button, Card, Collapsible, List, Text, BlockStack, InlineStack } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Moment } from './moment.tsx';
import { saySetting } from './say-setting.ts';
import { sectionOf, type SettingsSection } from './settings-sections.ts';

/** A setting that was changed, by whom and when (ms UTC). */
export interface ChangedSetting {
  readonly id: string;
  readonly at: number;
  /** Who it was, as order.by says it. */
  readonly by: string;
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

interface Props {
  readonly section: SettingsSection;
  readonly changes: readonly ChangedSetting[];
  readonly now: number;
}

/** The last changes of a section's settings: what it was, what it became, by whom and when. */
export function SettingsChanges({ section, changes, now }: Props) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const own = changes.filter(({ name }) => sectionOf(name) === section);
  if (own.length === 0) return null;
  const said = ({ name, before, after }: ChangedSetting) => {
    const label = t(`settings.name.${name}`);
    const [was, is] = [before, after].map((value) => saySetting(t, i18n.language, name, value));
    return was == null || is == null ? label : t('settings.changed', { name: label, before: was, after: is });
  };
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack>
          <Button
            variant="plain"
            disclosure={open ? 'up' : 'down'}
            ariaExpanded={open}
            ariaControls="setting-changes"
            onClick={() => {
              setOpen(!open);
            }}
          >
            {t('settings.changes', { n: own.length })}
          </Button>
        </InlineStack>
        <Collapsible id="setting-changes" open={open}>
          <List>
            {own.map((change) => (
              <List.Item key={`${change.id} ${change.name}`}>
                {said(change)}{' '}
                <Text as="span" variant="bodySm" tone="subdued">
                  {t('order.by', { who: change.by })} · <Moment at={change.at} now={now} />
                </Text>
              </List.Item>
            ))}
          </List>
        </Collapsible>
      </BlockStack>
    </Card>
  );
}
