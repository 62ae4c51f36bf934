import { Badge, BlockStack, ProgressBar, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { ReportFileRow } from '../db/report-files.ts';
import { formatMoment } from './format.ts';
import { ReportTable, type ReportColumn } from './report-table.tsx';
import { sayFile } from './say-file.ts';
import { useStyle } from './style.ts';

const tones = { reading: 'info', done: 'success', cut: 'warning', refused: 'critical' } as const;
/** More sentences of one file than this are counted. */
const mostSayings = 5;

function Outcome({ file, now }: { readonly file: ReportFileRow; readonly now: number }) {
  const { t } = useTranslation();
  const style = useStyle(now);
  const { state, before, says, bytes, size, changed } = file;
  const share = size === null || size === 0 ? null : Math.min(100, Math.round((bytes / size) * 100));
  return (
    <BlockStack gap="100" inlineAlign="stretch">
      <div>
        <Badge tone={tones[state]}>{t('reports.files.state', { state })}</Badge>
      </div>
      {state === 'reading' && share !== null && (
        <>
          <ProgressBar size="small" progress={share} ariaLabelledBy={`file-${file.id}`} />
          <Text as="span" id={`file-${file.id}`}>
            {t('reports.files.progress', { share, rows: file.rows })}
          </Text>
        </>
      )}
      {before !== null && (
        <Text as="span">{t('reports.files.before', { date: formatMoment(before, style) })}</Text>
      )}
      {state === 'done' && before === null && changed !== null && (
        <Text as="span">{t('reports.files.changed', { n: changed })}</Text>
      )}
      {says.slice(0, mostSayings).map((one) => (
        <Text key={JSON.stringify(one)} as="span" breakWord>
          {sayFile(one, t)}
        </Text>
      ))}
      {says.length > mostSayings && (
        <Text as="span">{t('reports.files.more', { n: says.length - mostSayings })}</Text>
      )}
    </BlockStack>
  );
}

/** The files that were taken in, the newest first, and what came of each. */
export function FileList({ files, now }: { readonly files: readonly ReportFileRow[]; readonly now: number }) {
  const { t, i18n } = useTranslation();
  const style = useStyle(now);
  const count = (n: number) => new Intl.NumberFormat(i18n.language).format(n);
  const columns: ReportColumn<ReportFileRow>[] = [
    { id: 'name', title: t('reports.files.column', { name: 'file' }), cell: ({ name }) => name },
    {
      id: 'kind',
      title: t('reports.files.column', { name: 'kind' }),
      cell: ({ kind }) => t('reports.files.kind', { kind }),
    },
    {
      id: 'at',
      title: t('reports.files.column', { name: 'at' }),
      cell: ({ startedAt }) => formatMoment(startedAt, style),
    },
    {
      id: 'rows',
      title: t('reports.files.column', { name: 'rows' }),
      numeric: true,
      cell: ({ rows }) => count(rows),
    },
    {
      id: 'broken',
      title: t('reports.files.column', { name: 'broken' }),
      numeric: true,
      cell: ({ broken }) => count(broken),
    },
    {
      id: 'state',
      title: t('reports.files.column', { name: 'state' }),
      cell: (file) => <Outcome file={file} now={now} />,
    },
  ];
  return (
    <BlockStack gap="300">
      <Text as="h2" variant="headingMd">
        {t('reports.files.list')}
      </Text>
      <ReportTable name={t('reports.files.list')} columns={columns} rows={files} keyOf={({ id }) => id} />
    </BlockStack>
  );
}
