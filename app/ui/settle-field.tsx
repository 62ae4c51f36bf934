import { Checkbox, Select, TextField } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { Field } from '../sync/problem-form.ts';
import { gridValue, SettleGrid, type Typed } from './settle-grid.tsx';
import { VariantField } from './variant-field.tsx';

/** What was said beside the choice itself. */
export interface Said {
  readonly text: string;
  readonly checked: boolean;
  readonly typed: Typed;
}
export const nothingSaid: Said = { text: '', checked: false, typed: {} };

/** What was said as the server takes it; `ready`: it is enough to be sent. */
export function saidFor(
  field: Field | null,
  { text, checked, typed }: Said,
): {
  readonly value: string | null;
  readonly note: string | null;
  readonly checked: boolean;
  readonly ready: boolean;
} {
  const said = text.trim() === '' ? null : text.trim();
  switch (field?.is) {
    case undefined:
      return { value: null, note: null, checked: false, ready: true };
    case 'checked':
      return { value: null, note: null, checked, ready: checked };
    case 'note':
      return { value: null, note: said, checked: false, ready: said !== null };
    case 'units':
    case 'amounts': {
      const value = gridValue(typed);
      return { value, note: null, checked: false, ready: value !== null };
    }
    default:
      return { value: said, note: null, checked: false, ready: said !== null };
  }
}

const longestNote = 500;

/** Asks for what a choice needs beside its name. */
export function SettleField({
  field,
  kind,
  sku,
  said,
  onSay,
}: {
  readonly field: Field;
  readonly kind: string;
  /** What a variant is looked for. */
  readonly sku: string;
  readonly said: Said;
  readonly onSay: (said: Said) => void;
}) {
  const { t } = useTranslation();
  const say = (text: string) => {
    onSay({ ...said, text });
  };
  switch (field.is) {
    case 'checked':
      return (
        <Checkbox
          label={t(kind === 'quarantined' ? 'settle.stillWanted' : 'settle.checked')}
          checked={said.checked}
          onChange={(checked) => {
            onSay({ ...said, checked });
          }}
        />
      );
    case 'note':
      return (
        <TextField
          label={t('settle.note')}
          helpText={t('settle.noteHelp')}
          value={said.text}
          multiline={2}
          maxLength={longestNote}
          autoComplete="off"
          onChange={say}
        />
      );
    case 'carrier':
      return (
        <TextField
          label={t('settle.carrier')}
          helpText={t('settle.carrierHelp')}
          value={said.text}
          autoComplete="off"
          onChange={say}
        />
      );
    case 'variant':
      return <VariantField sku={sku} chosen={said.text} onChoose={say} />;
    case 'units':
    case 'amounts':
      return (
        <SettleGrid
          grid={field}
          typed={said.typed}
          onType={(typed) => {
            onSay({ ...said, typed });
          }}
        />
      );
    case 'reason':
    case 'part':
    case 'why':
    case 'order': {
      const label = (value: string, own: string) => {
        if (field.is === 'order') return own;
        if (field.is === 'why')
          return t(value === 'wrong' ? 'byMessage.why.wrong' : 'byMessage.why.changedMind');
        return t(`${field.is === 'part' ? 'part' : 'amazonReason'}.${value}`);
      };
      return (
        <Select
          label={t(`settle.pick.${field.is}`)}
          options={[
            { value: '', label: t('settle.choose') },
            ...field.options.map((one) => ({ value: one.value, label: label(one.value, one.label) })),
          ]}
          value={said.text}
          onChange={say}
        />
      );
    }
  }
}
