import { BlockStack, ProgressBar, Text } from '@shopify/polaris';
import { useId } from 'react';

/** How far something long is: the words, and the same as a bar. */
export function Progress({
  done,
  total,
  words,
}: {
  readonly done: number;
  readonly total: number;
  readonly words: string;
}) {
  const id = useId();
  return (
    <BlockStack gap="100">
      <Text as="p" id={id}>
        {words}
      </Text>
      <ProgressBar progress={total === 0 ? 0 : (done / total) * 100} size="small" ariaLabelledBy={id} />
    </BlockStack>
  );
}
