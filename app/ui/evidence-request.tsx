import { useTranslation } from 'react-i18next';
import { FactTable } from './evidence-tables.tsx';
import { formatExactly } from './format.ts';
import { useStyle } from './style.ts';

/** A buyer's wish as the evidence page tells it. Times in ms UTC. */
export interface WishView {
  readonly state: string;
  readonly requestedAt: number;
  readonly confirmedAt: number | null;
  readonly closedAt: number | null;
  readonly sources: readonly { readonly source: string; readonly at: number }[];
  readonly lines: readonly {
    readonly orderItemId: string;
    readonly sku: string | null;
    readonly quantity: number;
    readonly reason: string | null;
  }[];
}

/** When a buyer asked, who saw it when, for what, and in which words as long as those are kept. */
export function EvidenceRequest({ wish, now }: { readonly wish: WishView; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const when = (at: number | null, none: string) => (at === null ? none : formatExactly(at, style));
  const words = [...new Set(wish.lines.flatMap(({ reason }) => reason ?? []))];
  return (
    <FactTable
      facts={[
        [t('evidence.request.asked'), when(wish.requestedAt, '')],
        ...wish.sources.map(
          ({ source, at }) =>
            [t('evidence.request.seen', { source: t(`requests.source.${source}`) }), when(at, '')] as const,
        ),
        [t('evidence.request.confirmed'), when(wish.confirmedAt, t('evidence.request.never'))],
        [
          t('evidence.request.lines'),
          wish.lines
            .map(({ sku, orderItemId, quantity }) => `${quantity} × ${sku ?? orderItemId}`)
            .join(', '),
        ],
        [
          t('evidence.request.words'),
          words.length > 0 ? words.map((one) => `“${one}”`).join(' ') : t('evidence.request.wordless'),
        ],
        [
          t('evidence.request.over'),
          wish.closedAt === null
            ? t('evidence.request.open')
            : `${when(wish.closedAt, '')}: ${t('timeline.request_over', { state: wish.state })}`,
        ],
      ]}
    />
  );
}
