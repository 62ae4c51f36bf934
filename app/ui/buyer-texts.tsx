import { useAppBridge } from '@shopify/app-bridge-react';
import {
  Badge,
  BlockStack,
  Button,
  Collapsible,
  InlineStack,
  Link,
  Select,
  Text,
  TextField,
  useBreakpoints,
} from '@shopify/polaris';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  buyerLanguage,
  buyerLanguages,
  buyerText,
  languageOfMarketplace,
  messagesUrl,
  type Addressed,
  type BuyerTextKind,
} from '../domain/buyer-texts.ts';
import { useCopy } from './use-copy.ts';

interface TextProps {
  readonly kind: BuyerTextKind;
  readonly code: string;
  readonly about: Addressed;
  readonly now: number;
}

const labels = {
  instruction: 'byMessage.text.instruction',
  critical: 'byMessage.text.critical',
  tooLate: 'byMessage.text.tooLate',
} as const satisfies Record<BuyerTextKind, string>;
const copyLabels = {
  instruction: 'byMessage.copy.instruction',
  critical: 'byMessage.copy.critical',
  tooLate: 'byMessage.copy.tooLate',
} as const satisfies Record<BuyerTextKind, string>;

/** So many signs stand in a row of a phone's field: all of a text is to be seen. */
const signsInRow = 34;

/** One text to be copied, and what of it is our own translation. */
function OneText({ kind, code, about, now }: TextProps) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const id = useId();
  const { text, ours } = buyerText(kind, code, about, now);
  const { failed, copy } = useCopy(id, () => {
    shopify.toast.show(t('byMessage.copied'));
  });
  const own = buyerLanguage(code).ours;
  const { smDown } = useBreakpoints();
  return (
    <BlockStack gap="200">
      <div lang={code}>
        <TextField
          id={id}
          label={t(labels[kind])}
          value={text}
          multiline={Math.ceil(text.length / signsInRow) + 1}
          readOnly
          autoComplete="off"
          {...(failed ? { error: t('byMessage.copyFailed') } : {})}
        />
      </div>
      {own && (
        <InlineStack gap="200" blockAlign="center">
          <Badge tone="attention">{t('byMessage.ours')}</Badge>
          <Text as="span" variant="bodySm" tone="subdued">
            {t('byMessage.oursText', { words: ours.join(', '), words_given: ours.length > 0 ? 'yes' : 'no' })}
          </Text>
        </InlineStack>
      )}
      <InlineStack>
        <div style={smDown ? { width: '100%' } : {}}>
          <Button
            fullWidth={smDown}
            accessibilityLabel={t(copyLabels[kind])}
            onClick={() => {
              copy(text);
            }}
          >
            {t('byMessage.copy.short')}
          </Button>
        </div>
      </InlineStack>
    </BlockStack>
  );
}

interface Props {
  readonly about: Addressed;
  /** The first one stands open, the others open on demand. */
  readonly kinds: readonly BuyerTextKind[];
  readonly now: number;
}

/** Texts for the buyer of an order in a language of one's choice, to be sent in Seller Central (REQ-10). */
export function BuyerTexts({ about, kinds, now }: Props) {
  const { t } = useTranslation();
  const own = languageOfMarketplace(about.marketplaceId);
  const [chosen, setChosen] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const more = useId();
  const code = chosen ?? own;
  const [first, ...rest] = kinds;
  const url = messagesUrl(about);
  return (
    <BlockStack gap="400">
      <Select
        label={t('byMessage.language')}
        options={buyerLanguages.map((one) => ({
          value: one.code,
          label: one.code === own ? t('byMessage.ofMarketplace', { name: one.name }) : one.name,
        }))}
        value={code}
        onChange={setChosen}
      />
      {first && <OneText key={code} kind={first} code={code} about={about} now={now} />}
      {url !== null && (
        <Link url={url} target="_blank">
          {t('byMessage.openMessages')}
        </Link>
      )}
      {rest.length > 0 && (
        <BlockStack gap="200">
          <Button
            variant="plain"
            textAlign="start"
            disclosure={open ? 'up' : 'down'}
            ariaExpanded={open}
            ariaControls={more}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {t('byMessage.noAnswer')}
          </Button>
          <Collapsible id={more} open={open}>
            {rest.map((kind) => (
              <OneText key={`${code} ${kind}`} kind={kind} code={code} about={about} now={now} />
            ))}
          </Collapsible>
        </BlockStack>
      )}
    </BlockStack>
  );
}
