import { Badge, BlockStack, Box, Button, Divider, InlineStack, Pagination, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { outcomes, type LineOutcome, type UploadLine } from './sku-upload.ts';

const perPage = 50;

const tones: Readonly<Partial<Record<LineOutcome, 'success' | 'info' | 'warning'>>> = {
  linked: 'success',
  link: 'info',
  unknown_variant: 'warning',
  ambiguous: 'warning',
  malformed: 'warning',
};

function Line({ line }: { readonly line: UploadLine }) {
  const { t } = useTranslation();
  const { outcome, wrong } = line;
  return (
    <Box padding="300">
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" fontWeight="semibold" breakWord>
            {line.sku === '' ? t('products.upload.noSku') : line.sku}
          </Text>
          <Badge {...(tones[outcome] ? { tone: tones[outcome] } : {})}>
            {t(`products.outcome.${outcome}`)}
          </Badge>
        </InlineStack>
        {line.variant !== '' && (
          <Text as="p" breakWord>
            {line.title ?? line.variant}
          </Text>
        )}
        <Text as="p" variant="bodySm" tone="subdued">
          {t('products.upload.line', { n: line.line })}
          {wrong !== null && ` ${t(`products.wrongRow.${wrong}`)}`}
        </Text>
      </BlockStack>
    </Box>
  );
}

/** The lines of a file by what they do, the ones to be done first. */
export function SkuUploadLines({ lines }: { readonly lines: readonly UploadLine[] }) {
  const { t } = useTranslation();
  const groups = outcomes.flatMap((outcome) => {
    const own = lines.filter((line) => line.outcome === outcome);
    return own.length > 0 ? [{ outcome, own }] : [];
  });
  const [chosen, setChosen] = useState<LineOutcome | null>(null);
  const [page, setPage] = useState(0);
  const at = Math.max(
    0,
    groups.findIndex(({ outcome }) => outcome === chosen),
  );
  const own = groups[at]?.own ?? [];
  const pages = Math.ceil(own.length / perPage);
  const shown = Math.min(page, pages - 1);
  return (
    <>
      <Box padding="300">
        <InlineStack gap="200">
          {groups.map((group, place) => (
            <Button
              key={group.outcome}
              size="slim"
              pressed={place === at}
              onClick={() => {
                setChosen(group.outcome);
                setPage(0);
              }}
            >
              {t('products.upload.group', {
                name: t(`products.outcome.${group.outcome}`),
                n: group.own.length,
              })}
            </Button>
          ))}
        </InlineStack>
      </Box>
      <div>
        {own.slice(shown * perPage, (shown + 1) * perPage).map((line) => (
          <div key={line.line}>
            <Divider />
            <Line line={line} />
          </div>
        ))}
      </div>
      {pages > 1 && (
        <Box padding="300">
          <Pagination
            hasPrevious={shown > 0}
            hasNext={shown < pages - 1}
            onPrevious={() => {
              setPage(shown - 1);
            }}
            onNext={() => {
              setPage(shown + 1);
            }}
          />
        </Box>
      )}
    </>
  );
}
