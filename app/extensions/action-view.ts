import type { ActionView } from '../../extensions/shared/contract.ts';
import { orderOfShopify } from '../db/shopify-orders.ts';
import { buyerText, languageOfMarketplace, messagesUrl } from '../domain/buyer-texts.ts';
import { messagePage, type MessagePage } from '../sync/message-page.ts';
import { orderPage } from '../sync/order-page.ts';
import type { Services } from '../sync/services.ts';
import type { OrderView } from '../ui/order-view.ts';
import { requestView } from '../ui/request-view.ts';
import { flatParams, sayable } from '../ui/wording.ts';
import { sayState } from './block-view.ts';
import { sayRole, type Voice } from './voice.ts';

type Shown = Extract<ActionView, { kind: 'order' }>;

/** What a person may choose, what is to be done next first. A decision that rests is taken back in the block. */
function choicesOf({ allowed, next }: OrderView, asked: boolean, { texts: { t } }: Voice): Shown['choices'] {
  const may = (...deeds: string[]) => deeds.some((deed) => allowed.includes(deed));
  const cancel = t(asked ? 'extension.choice.approve' : 'extension.choice.cancel');
  const all = [
    ...(may('approve', 'cancel') ? [{ value: 'cancel', label: cancel }] : []),
    ...(may('record_informal') ? [{ value: 'informal', label: t('extension.choice.informal') }] : []),
    ...(may('decline') ? [{ value: 'decline', label: t('extension.choice.decline') }] : []),
    ...(may('look_again') ? [{ value: 'look_again', label: t('extension.choice.lookAgain') }] : []),
  ];
  return next === 'look_again'
    ? all.sort((a, b) => Number(b.value === next) - Number(a.value === next))
    : all;
}

/** All that is asked of who records a buyer's message; null where none can be recorded (REQ-10). */
function messageOf(page: MessagePage, order: OrderView, { texts: { t }, style }: Voice): Shown['message'] {
  if (page.guard !== null) return null;
  const about = { id: page.id, marketplaceId: order.marketplaceId, shipBy: order.shipBy };
  const language = languageOfMarketplace(order.marketplaceId);
  const url = messagesUrl(about);
  return {
    what: {
      label: t('byMessage.what.title'),
      choices: [
        { value: 'all', label: t('byMessage.what.all') },
        ...(page.lines.length > 1 ? [{ value: 'some', label: t('byMessage.what.some') }] : []),
      ],
    },
    lines: {
      label: t('byMessage.lines'),
      choices: page.lines.map(({ orderItemId, sku, title, quantity }) => ({
        value: orderItemId,
        label: t('byMessage.line', {
          n: quantity,
          name: title ?? sku ?? orderItemId,
          sku: sku ?? '',
          sku_given: sku === null || title === null ? 'no' : 'yes',
        }),
      })),
    },
    why: {
      label: t('byMessage.why.title'),
      choices: [
        { value: 'changed_mind', label: t('byMessage.why.changedMind') },
        { value: 'wrong', label: t('byMessage.why.wrong') },
        { value: 'out_of_stock', label: t('byMessage.why.outOfStock') },
      ],
    },
    hold: t('byMessage.hold'),
    counts: page.counts && t('byMessage.counts', sayable(flatParams(page.counts.params), t, style)),
    confirm: t('byMessage.record'),
    texts: (['instruction', 'critical'] as const).map((kind) => ({
      label: t(`byMessage.text.${kind}`),
      text: buyerText(kind, language, about, style.now).text,
      language,
    })),
    messages: url === null ? null : { label: t('byMessage.openMessages'), url },
  };
}

/** What the action on a Shopify order's page offers, from what is kept: neither side is asked. */
export async function actionViewOf(
  services: Services,
  shopifyOrder: string,
  voice: Voice,
): Promise<ActionView> {
  const { shop, texts } = voice;
  const { t } = texts;
  const id = await services.db.forShop(shop, (tx) => orderOfShopify(tx, shop, shopifyOrder));
  const page = id && (await orderPage(services, shop, id));
  if (!id || !page) return { kind: 'other', text: t('extension.notAmazonAction') };
  const { order, asked } = requestView(page);
  const role = sayRole(voice);
  const choices = role === null ? choicesOf(order, asked?.closedAt === null, voice) : [];
  const records = choices.some(({ value }) => value === 'informal');
  return {
    kind: 'order',
    id: order.amazonOrderId,
    sentence: sayState(order, voice).sentence,
    notes: role === null ? [] : [role],
    question: t('extension.choice.title'),
    choices,
    chosen: choices[0]?.value ?? null,
    close: t('settle.close'),
    message: records ? messageOf(await messagePage(services, shop, id), order, voice) : null,
  };
}
