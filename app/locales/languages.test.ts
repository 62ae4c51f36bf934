import { IntlMessageFormat } from 'intl-messageformat';
import polarisEnglish from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { formatLength } from '../ui/format.ts';
import { languages, type Language } from '../ui/languages.ts';
import { createTexts } from '../ui/texts.ts';
import { completed, type Texts } from './completed.ts';
import de from './de.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };
import es from './es.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };
import ja from './ja.json' with { type: 'json' };
import polarisRomanian from './polaris-ro.json' with { type: 'json' };
import ro from './ro.json' with { type: 'json' };
import vi from './vi.json' with { type: 'json' };
import zhHant from './zh-Hant.json' with { type: 'json' };

type Translated = Exclude<Language, 'en'>;

const files: Readonly<Record<Translated, Texts>> = { vi, 'zh-Hant': zhHant, ro, fr, de, ja, es };
const translated = languages.filter((language) => language !== 'en');

function flat(texts: Texts, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );
}

const english = new Map(flat(en));
const textsOf = (language: Translated) => new Map(flat(files[language]));

interface Node {
  readonly type: number;
  readonly value: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly Node[] }>>;
}

/** What a message is made with: its parameters, the words that each choice knows, and the categories of each plural. */
function madeWith(message: string) {
  const names = new Set<string>();
  const choices = new Map<string, Set<string>>();
  const plurals: string[][] = [];
  const walk = (nodes: readonly Node[]) => {
    for (const { type, value, options = {} } of nodes) {
      const words = Object.keys(options);
      if (type !== 0 && type !== 7) names.add(value);
      if (type === 5) choices.set(value, new Set([...(choices.get(value) ?? []), ...words]));
      if (type === 6) plurals.push(words.filter((word) => !word.startsWith('=')).sort());
      for (const word of words) walk(options[word]?.value ?? []);
    }
  };
  walk(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst() as Node[]);
  const sorted = [...choices].map(([name, words]) => `${name}: ${[...words].sort().join(' ')}`).sort();
  return { names: [...names].sort(), choices: sorted, plurals };
}

/** Categories that whole numbers of everyday size have; compact millions (`many` of French and Spanish) are other. */
function categories(language: Language): string[] {
  const rules = new Intl.PluralRules(language);
  return [...new Set(Array.from({ length: 200 }, (_, n) => rules.select(n)).concat('other'))].sort();
}

/** Texts that another language may have in common with English: names, what is made of parameters alone, and words of both. */
const sameEverywhere = new Set([
  'app.name',
  'byMessage.line',
  'byMessage.option',
  'evidence.line.sku',
  'extension.line',
  'extension.sheet.sku',
  'extension.sides',
  'landing.title',
  'older.tab',
  'orders.view.fba',
  'products.resource.one',
  'products.upload.group',
  'orders.column.shopify',
  'order.amazon',
  'order.shopify',
  'order.subtitle',
  'orders.shopifyTotal',
  'rate.number',
  'reports.reasons.column.sku',
  'requests.capped',
  'settings.changed',
  'settle.variantSku',
]);
const same: Readonly<Record<Translated, readonly string[]>> = {
  vi: ['mail.file', 'requests.quote'],
  'zh-Hant': [],
  ro: [
    'mail.file',
    'older.column.total',
    'order.total',
    'orders.column.total',
    'requests.source.mail',
    'settings.section.import.title',
  ],
  fr: [
    'mail.file',
    'older.column.date',
    'older.column.total',
    'order.total',
    'orders.column.date',
    'orders.programme',
    'orders.column.total',
    'quarantine.column.actions',
    'quarantine.resource.many',
    'quarantine.resource.one',
    'requests.source.mail',
    'requests.source.message',
    'requests.source.notification',
    'settings.minutes',
    'settings.name.stock',
    'settle.note',
  ],
  de: ['order.inShopify', 'requests.filter.market', 'settings.section.import.title'],
  ja: [],
  es: ['older.column.total', 'order.total', 'orders.column.total'],
};

/** Terms that have to be in a text, in the order of `translated`: the words of the seeds, of Amazon and of Shopify. */
const glossary: Readonly<Record<string, readonly string[]>> = {
  'orders.resource.one': ['đơn hàng', '訂單', 'comandă', 'commande', 'Bestellung', '注文', 'pedido'],
  'requests.resource.one': [
    'yêu cầu hủy',
    '取消請求',
    'cerere',
    'demande',
    'Antrag',
    'リクエスト',
    'solicitud',
  ],
  'requests.tab.message': [
    'qua tin nhắn',
    '消息',
    'prin mesaj',
    'par message',
    'per Nachricht',
    'メッセージ',
    'por mensaje',
  ],
  'requests.state.withdrawn': [
    'người mua',
    '買家',
    'cumpărător',
    'acheteur',
    'Käufer',
    '購入者',
    'comprador',
  ],
  'action.approve': ['chấp thuận', '同意', 'aprobă', 'accepter', 'annehmen', '承認する', 'aprobar'],
  'action.decline': ['từ chối', '拒絕', 'refuză', 'refuser', 'ablehnen', '却下する', 'rechazar'],
  'action.undo': [
    'hoàn tác',
    '復原',
    'retrage',
    'revenir en arrière',
    'rückgängig machen',
    '元に戻す',
    'deshacer',
  ],
  'dialog.cancel.confirm': [
    'hủy đơn hàng',
    '取消訂單',
    'anulează comanda',
    'annuler la commande',
    'Bestellung stornieren',
    '注文をキャンセル',
    'cancelar el pedido',
  ],
  'dialog.cancel.amount': [
    'khoản tiền hoàn lại',
    '退款金額',
    'suma rambursată',
    'montant remboursé',
    'Erstattungsbetrag',
    '返金額',
    'importe del reembolso',
  ],
  'dialog.cancel.restock': [
    'nhập lại kho',
    '退回庫存',
    'în stoc',
    'remettre',
    'wieder einlagern',
    '在庫に戻す',
    'reponer existencias',
  ],
  'dialog.decline.confirm': [
    'bỏ tạm giữ',
    '解除暫停',
    'eliberează reținerea',
    'lever la mise en attente',
    'Sperre aufheben',
    '保留を解除',
    'liberar la retención',
  ],
  'rate.title': [
    'tỷ lệ hủy đơn hàng',
    '取消率',
    'rata de anulare',
    'taux d’annulations',
    'Stornorate',
    'キャンセル率',
    'ratio de cancelaciones',
  ],
  'rate.none': [
    'do người bán tự hoàn thiện',
    '自配送訂單',
    'comandă FBM',
    'commande expédiée par le vendeur',
    'Verkäuferversand',
    '出品者出荷',
    'pedido gestionado por el vendedor',
  ],
  'settings.name.cancelReasons': [
    'lý do hủy',
    '取消原因',
    'de anulare',
    'd’annulation',
    'Stornierungsgr',
    'キャンセル理由',
    'de cancelación',
  ],
  'amazonReason.BuyerCanceled': [
    'người mua hủy',
    '買家取消',
    'anulat de cumpărător',
    'annulé par l’acheteur',
    'Stornierung durch den Käufer',
    '購入者によるキャンセル',
    'cancelado por el comprador',
  ],
  'amazonReason.NoInventory': [
    'hết hàng',
    '無庫存',
    'fără stoc',
    'rupture de stock',
    'Kein Lagerbestand',
    '在庫切れ',
    'sin existencias',
  ],
  'ifSent.void': [
    'hủy không thu tiền',
    '未扣款取消',
    'fără încasare',
    'sans débit',
    'ohne Belastung',
    '請求前取消',
    'sin cargo',
  ],
  'effect.amazon_void': [
    'hủy không thu tiền',
    '未扣款取消',
    'fără încasare',
    'sans débit',
    'ohne Belastung',
    '請求前取消（返金なし）',
    'sin cargo',
  ],
  'dialog.refund.confirm': [
    'hoàn tiền',
    '退款',
    'rambursează',
    'rembourser',
    'erstatten',
    '返金',
    'reembolsar',
  ],
  'guard.asked_too_late': [
    'trả lại sản phẩm',
    '退貨',
    'retur',
    'retour',
    'Rücksendung',
    '返品',
    'devolución',
  ],
  'order.lines': ['mục hàng', '商品行', 'articol', 'article', 'Position', '明細行', 'línea'],
  'shopifyStatus.fulfilled': [
    'đã thực hiện',
    '已處理',
    'onorată',
    'traitée',
    'ausgeführt',
    'フルフィルメント済み',
    'preparado',
  ],
  'amazonStatus.unshipped': [
    'chưa gửi hàng',
    '未發貨',
    'neexpediată',
    'non expédiée',
    'nicht versandt',
    '未出荷',
    'no enviado',
  ],
  'amazonStatus.shipped': [
    'đã gửi hàng',
    '已發貨',
    'expediată',
    'expédiée',
    'versandt',
    '出荷済み',
    'enviado',
  ],
  'orders.column.shipBy': [
    'gửi trước',
    '最遲發貨',
    'de expediat până la',
    'à expédier avant le',
    'versenden bis',
    '出荷期限',
    'enviar antes del',
  ],
  'settings.name.untrackedAfterHours': [
    'mã theo dõi',
    '追蹤編號',
    'număr de urmărire',
    'numéro de suivi',
    'Sendungsnummer',
    '追跡番号',
    'número de seguimiento',
  ],
  'settle.carrier': [
    'hãng vận chuyển',
    '承運商',
    'curier',
    'transporteur',
    'Versanddienst',
    '配送業者',
    'transportista',
  ],
  'guard.label_bought': [
    'nhãn gửi hàng',
    '發貨標簽',
    'etichetă de expediere',
    'étiquette d’expédition',
    'Versandetikett',
    '配送ラベル',
    'etiqueta de envío',
  ],
  'state.in_step.badge': ['khớp', '一致', 'în acord', 'concordant', 'in Übereinstimmung', '一致', 'coincide'],
  'state.cancel_sent.badge': [
    'đang chờ Amazon',
    '等待亞馬遜',
    'se așteaptă Amazon',
    'en attente d’Amazon',
    'wartet auf Amazon',
    'Amazon待ち',
    'esperando a Amazon',
  ],
  'state.cancelled_in_step.sentence': [
    'bảng quyết toán',
    '結算',
    'decontare',
    'règlement',
    'Abrechnung',
    '決済',
    'liquidación',
  ],
  notKnown: ['chưa rõ', '未知', 'necunoscut', 'inconnu', 'nicht bekannt', '不明', 'desconocido'],
  'problems.title': ['vấn đề', '問題', 'problem', 'problème', 'Problem', '要対応', 'problema'],
  'quarantine.title': ['cách ly', '隔離區', 'carantin', 'quarantaine', 'Quarantäne', '隔離', 'cuarentena'],
  'settings.section.dryRun.title': [
    'chạy thử',
    '試運行',
    'simulare',
    'simulation',
    'Probelauf',
    '試行',
    'simulacro',
  ],
  'problem.column_off.title': [
    'báo cáo đơn hàng',
    '訂單報告',
    'raportul dumneavoastră de comenzi',
    'rapport sur les commandes',
    'Bestellbericht',
    '注文レポート',
    'informe de pedidos',
  ],
};

describe.each(translated)('%s', (language) => {
  const own = textsOf(language);

  it('has a text for every English one, and no other', () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('makes each text with the same parameters and choices as English', () => {
    for (const [key, message] of own) {
      const { names, choices } = madeWith(message);
      const wanted = madeWith(english.get(key) ?? '');
      expect({ names, choices }, key).toEqual({ names: wanted.names, choices: wanted.choices });
    }
  });

  it('counts with the plurals that the language has', () => {
    const wanted = categories(language);
    for (const [key, message] of own)
      for (const plural of madeWith(message).plurals) expect(plural, key).toEqual(wanted);
  });

  it('says nothing in English', () => {
    const equal = [...own].flatMap(([key, text]) => (english.get(key) === text ? [key] : []));
    expect(equal.filter((key) => !sameEverywhere.has(key)).sort()).toEqual([...same[language]].sort());
  });

  it('is calm: no exclamation marks', () => {
    for (const [key, text] of own) expect(text, key).not.toMatch(/[!！¡]/);
  });

  it('ends no sentence with a unit that is cut short by a point of its own', () => {
    const cut = [40_000, 60_000, 3_600_000, 86_400_000].some((ms) =>
      formatLength(ms, language).endsWith('.'),
    );
    const ends = [...own].filter(([, text]) => /\{(?:t|looked|age|length)\}\./.test(text));
    expect(cut ? ends : []).toEqual([]);
  });

  it('uses the words of the glossary', () => {
    for (const [key, terms] of Object.entries(glossary)) {
      expect(english.has(key), key).toBe(true);
      const term = terms[translated.indexOf(language)] ?? 'no term';
      expect(own.get(key)?.toLowerCase(), key).toContain(term.toLowerCase());
    }
  });
});

it('words Polaris in Romanian with Polaris’s own keys and parameters', () => {
  const wanted = new Map(flat(polarisEnglish));
  const holes = (text = '') => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
  for (const [key, text] of flat(polarisRomanian)) {
    expect(wanted.has(key), key).toBe(true);
    expect(holes(text), key).toEqual(holes(wanted.get(key)));
    expect(text, key).not.toMatch(/[!！]/);
  }
});

describe('a text that a language lacks', () => {
  it('is said in English', () => {
    const { nav } = de;
    const { t } = createTexts('de', { app: completed({ nav: { home: nav.home } }, en), polaris: {} });
    expect(t('nav.home')).toBe('Startseite');
    expect(t('nav.orders')).toBe('Orders');
    expect(t('home.needsYou.open', { n: 2 })).toBe('2 open problems');
  });

  it('is filled in wherever it stands, and nothing that English has not is kept', () => {
    const filled = completed(
      { a: { b: 'eins' }, x: 'fort', c: 'drei' },
      { a: { b: 'one', d: 'two' }, c: { e: 'three' } },
    );
    expect(filled).toEqual({ a: { b: 'eins', d: 'two' }, c: { e: 'three' } });
  });
});
