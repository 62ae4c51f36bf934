import { expect, it } from 'vitest';
import { settingsSchema } from '../domain/settings.ts';
import { rebased } from './rebased.ts';
import { changeOf, draftOf, type SettingsDraft } from './settings-draft.ts';

const settings = settingsSchema.parse({
  acceptedCurrencies: ['SEK'],
  carriers: { 'My van': 'Other:Own van', UPSx: 'UPS' },
});
const saved = draftOf(settings);

it('PRO-6: what was not touched is not sent, and what was is read as it is', () => {
  expect(changeOf(saved, saved)).toEqual({});
  const change = changeOf(
    { ...saved, undoMinutes: ' 5 ', restock: false, acceptedCurrencies: 'sek; nok' },
    saved,
  );
  expect(settingsSchema.partial().parse(change)).toMatchObject({
    undoMinutes: 5,
    restock: false,
    acceptedCurrencies: ['SEK', 'NOK'],
  });
});

it('CAN-8: an empty or wrong number is refused, not taken for none', () => {
  for (const typed of ['', ' ', 'two', '1.5', '31', '-1'])
    expect(
      settingsSchema.partial().safeParse(changeOf({ ...saved, undoMinutes: typed }, saved)).success,
      typed,
    ).toBe(false);
});

it('FUL-1: carriers keep their codes and names, and half a row is none', () => {
  const carriers = [...saved.carriers, { name: 'Colissimo', means: '' }, { name: ' ', means: 'UPS' }];
  const { carriers: read } = settingsSchema
    .partial()
    .parse(changeOf({ ...saved, carriers }, { ...saved, carriers: [] }));
  expect(read).toEqual(settings.carriers);
});

it('CAN-16: rules are read as they are meant, and what is no number or currency is refused', () => {
  const read = (autoAccept: Partial<SettingsDraft['autoAccept']>) =>
    settingsSchema
      .partial()
      .safeParse(changeOf({ ...saved, autoAccept: { ...saved.autoAccept, ...autoAccept } }, saved));
  const typed = {
    on: true,
    underAmount: [
      { currency: 'usd', amount: '50' },
      { currency: '', amount: '' },
    ],
    withinHours: ' 24 ',
    notSkus: 'SKU-1\n\n SKU 2 ',
  };
  const rules = { on: true, underAmount: { USD: '50' }, withinHours: 24, notSkus: ['SKU-1', 'SKU 2'] };
  expect(read(typed).data).toMatchObject({ autoAccept: rules });
  expect(draftOf({ ...settings, autoAccept: rules }).autoAccept).toEqual({
    on: true,
    underAmount: [{ currency: 'USD', amount: '50' }],
    withinHours: '24',
    notSkus: 'SKU-1\nSKU 2',
  });
  for (const wrong of [
    { withinHours: 'soon' },
    { withinHours: '0' },
    { underAmount: [{ currency: 'USD', amount: 'much' }] },
    { underAmount: [{ currency: '$', amount: '5' }] },
    { underAmount: [{ currency: '', amount: '5' }] },
  ])
    expect(read({ on: true, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
});

it('REQ-11: addresses for notices are read one a line, and typed otherwise they are no change', () => {
  const has = draftOf(settings, { mails: ['a@b.example', 'c@d.example'], webhook: 'https://x.example/' });
  expect(changeOf(has, has)).toEqual({});
  const typed = { mails: ' A@b.example \n\nc@d.example\na@b.example', webhook: 'https://x.example/ ' };
  expect(changeOf({ ...has, noticeTargets: typed }, has)).toEqual({});
  const change = changeOf({ ...has, noticeTargets: { ...typed, mails: 'c@d.example; e@f.example' } }, has);
  expect(change).toEqual({
    noticeTargets: { mails: ['c@d.example', 'e@f.example'], webhook: 'https://x.example/' },
  });
});

it('REQ-11: quiet hours need two times that differ, and none are none', () => {
  const read = (notices: Partial<SettingsDraft['notices']>) =>
    settingsSchema
      .partial()
      .safeParse(changeOf({ ...saved, notices: { ...saved.notices, ...notices } }, saved));
  expect(read({ quiet: true }).data?.notices).toMatchObject({ quiet: { from: '22:00', to: '07:00' } });
  for (const wrong of ['07:00', '', '7', '24:00'])
    expect(read({ quiet: true, from: wrong, to: '07:00' }).success, wrong).toBe(false);
  expect(read({ quiet: false, from: '', mail: [] }).data?.notices).toMatchObject({ quiet: null, mail: [] });
});

it('what is only typed otherwise is no change: cases, blank lines, half a row, and the database’s own order of names', () => {
  const has = {
    ...saved,
    acceptedCurrencies: 'USD',
    carriers: [
      { name: 'DPD', means: 'DPD' },
      { name: 'UPS Ground', means: 'UPS' },
    ],
    autoAccept: { ...saved.autoAccept, notSkus: 'MUG' },
  };
  const typed = {
    ...has,
    acceptedCurrencies: ' usd ',
    carriers: [...has.carriers.toReversed(), { name: 'GLS', means: '' }],
    autoAccept: { ...has.autoAccept, notSkus: 'MUG\n\n' },
  };
  expect(changeOf(typed, has)).toEqual({});
  expect(Object.keys(changeOf({ ...typed, acceptedCurrencies: 'usd eur' }, has))).toEqual([
    'acceptedCurrencies',
  ]);
});

it('PRO-7: where a colleague saved meanwhile, only what was typed here stays', () => {
  const theirs = { ...saved, dryRun: true, undoMinutes: '9' };
  const untouched = rebased(saved, saved, theirs);
  expect(untouched).toEqual(theirs);
  const typed = { ...saved, undoMinutes: '5' };
  expect(changeOf(rebased(typed, saved, theirs), theirs)).toEqual({ undoMinutes: '5' });
});
