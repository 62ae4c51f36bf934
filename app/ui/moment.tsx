import { Text } from '@shopify/polaris';
import { formatExactly, formatMoment, formatRelative } from './format.ts';
import { useStyle } from './style.ts';

/** A moment (ms UTC) as text: relative first, absolute below it; the time zone is in the tooltip. */
export function Moment({ at, now }: { at: number; now: number }) {
  const style = useStyle(now);
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExactly(at, style)}>
      {formatRelative(at, style)}
      <br />
      <Text as="span" variant="bodySm" tone="subdued">
        {formatMoment(at, style)}
      </Text>
    </time>
  );
}
