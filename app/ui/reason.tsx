import { Button, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OwnClicks } from './own-clicks.tsx';

const twoLines = 70;

/** The buyer's words as they were written: two lines of them, and the rest on demand. Their category where they are gone. */
export function Reason({ words, category }: { words: readonly string[]; category: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (words.length === 0) {
    return (
      <Text as="span" tone="subdued">
        {category === 'not_given'
          ? t('requests.notGiven')
          : t('requests.category', { category: t(`requests.reason.${category}`) })}
      </Text>
    );
  }
  const long = words.length > 1 || words.some((each) => each.length > twoLines || each.includes('\n'));
  const shown = open ? words : words.slice(0, 1);
  return (
    <div style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
      {shown.map((each) => (
        <div key={each} dir="auto" style={open ? { whiteSpace: 'pre-wrap' } : clamped}>
          {t('requests.quote', { words: each })}
        </div>
      ))}
      {long && (
        <OwnClicks>
          <Button
            variant="plain"
            ariaExpanded={open}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {t(open ? 'requests.less' : 'requests.more')}
          </Button>
        </OwnClicks>
      )}
    </div>
  );
}

const clamped = {
  display: '-webkit-box',
  WebkitLineClamp: 2,
  WebkitBoxOrient: 'vertical',
  overflow: 'hidden',
} as const;
