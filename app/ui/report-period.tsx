import { useNavigate, useSearchParams } from '@remix-run/react';
import { BlockStack, Box, Button, FormLayout, OptionList, Popover, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  daysIn,
  mostReportDays,
  reportDays,
  wrongPeriod,
  zoneOf,
  type ReportFilter,
} from '../domain/report-filter.ts';
import { sayDays } from './say-filter.ts';
import type { Style } from './format.ts';
import { changed } from './trail.ts';

/** The address's query with another period; the rest of it stays, the place in a list does not. */
function withPeriod(query: URLSearchParams, period: Readonly<Record<string, string>>): string {
  const next = new URLSearchParams(query);
  for (const name of ['days', 'from', 'to']) next.delete(name);
  for (const [name, value] of Object.entries(period)) next.set(name, value);
  return changed(next, 'after', '');
}

/** From a day to a day, as it is typed; what is wrong with it is said at the field. */
function OwnDays({
  first,
  last,
  onShow,
}: {
  readonly first: string;
  readonly last: string;
  readonly onShow: (period: { from: string; to: string }) => void;
}) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(first);
  const [to, setTo] = useState(last);
  const [tried, setTried] = useState(false);
  const wrong = tried ? wrongPeriod(from, to) : null;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (wrongPeriod(from, to) === null) onShow({ from, to });
      }}
    >
      <FormLayout>
        <TextField
          label={t('reports.period.from')}
          type="date"
          value={from}
          autoComplete="off"
          onChange={setFrom}
        />
        <TextField
          label={t('reports.period.to')}
          type="date"
          value={to}
          autoComplete="off"
          onChange={setTo}
          {...(wrong === null ? {} : { error: t(`reports.period.wrong.${wrong}`, { n: mostReportDays }) })}
        />
        <Button submit fullWidth>
          {t('reports.period.show')}
        </Button>
      </FormLayout>
    </form>
  );
}

/** The choice of a report's days: so many back, or from a day to a day. It goes into the address. */
export function ReportPeriodChoice({
  filter,
  style,
}: {
  readonly filter: ReportFilter;
  readonly style: Style;
}) {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const { period, marketplaceId } = filter;
  const timeZone = marketplaceId === null ? style.timeZone : zoneOf(marketplaceId);
  const { firstDay, lastDay } = daysIn(period, timeZone, style.now);
  const close = () => {
    setOpen(false);
  };
  const go = (next: Readonly<Record<string, string>>) => {
    close();
    navigate(withPeriod(query, next));
  };
  const name =
    'days' in period ? t('reports.period.days', { n: period.days }) : sayDays(period, timeZone, t, style);
  return (
    <Popover
      active={open}
      onClose={close}
      activator={
        <Button
          fullWidth
          textAlign="left"
          disclosure="select"
          accessibilityLabel={t('reports.period.label', { period: name })}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {name}
        </Button>
      }
    >
      <Box padding="200">
        <BlockStack gap="200">
          <OptionList
            options={reportDays.map((n) => ({ value: String(n), label: t('reports.period.days', { n }) }))}
            selected={'days' in period ? [String(period.days)] : []}
            onChange={([days]) => {
              if (days) go({ days });
            }}
          />
          <OwnDays key={`${firstDay} ${lastDay}`} first={firstDay} last={lastDay} onShow={go} />
        </BlockStack>
      </Box>
    </Popover>
  );
}
