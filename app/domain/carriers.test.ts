import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { carrierOfNumber } from './carrier-number.ts';
import { amazonCarrier, amazonCarrierCodes, shopifyCompany } from './carriers.ts';

const nobody = new Map<string, { code: string | null; name: string | null }>();
const us = 'ATVPDKIKX0DER';
const germany = 'A1PA6795UKMFR9';
const britain = 'A1F83G8C2ARO7P';
const codeOf = (company: string, marketplace: string | null = us) =>
  amazonCarrier(company, null, marketplace, nobody)?.code;

const names: readonly (readonly [written: string, code: string])[] = [
  ['UPS', 'UPS'],
  ['ups', 'UPS'],
  ['U.P.S.', 'UPS'],
  ['ＵＰＳ', 'UPS'],
  ['UPS®', 'UPS'],
  ['UPS Ground', 'UPS'],
  ['United Parcel Service', 'UPS'],
  ['UPS® Worldwide Express Plus', 'UPS'],
  ['UPS 3 Day Select Residential', 'UPS'],
  ['UPS Canada', 'UPS'],
  ['UPS Mail Innovations', 'UPS Mail Innovations'],
  ['ups freight', 'UPS Freight'],
  ['FedEx', 'FedEx'],
  ['FEDEX', 'FedEx'],
  ['Fed Ex', 'FedEx'],
  ['Fedx', 'FedEx'],
  ['FedEx Home Delivery', 'FedEx'],
  ['FedEx Home Delivery®', 'FedEx'],
  ['FedEx Ground Economy', 'FedEx'],
  ['FedEx 2Day', 'FedEx'],
  ['Fedex Smart Post', 'FedEx SmartPost'],
  ['フェデックス', 'FedEx'],
  ['USPS', 'USPS'],
  ['U.S.P.S.', 'USPS'],
  ['USPS Priority Mail', 'USPS'],
  ['USPS Ground Advantage', 'USPS'],
  ['US Postal Service', 'USPS'],
  ['USPS First-Class Package', 'USPS'],
  ['DHL', 'DHL'],
  ['dhl', 'DHL'],
  ['DHL eCommerce', 'DHL eCommerce'],
  ['DHL Ecommerce', 'DHL eCommerce'],
  ['Dhl e-Commerce', 'DHL eCommerce'],
  ['DHL Express Worldwide', 'DHL Express'],
  ['DHL Paket', 'DHL'],
  ['DHL-Paket', 'DHL-Paket'],
  ['DHL Germany', 'DHL'],
  ['DHL Polska', 'DHLPL'],
  ['Deutsche Post', 'Deutsche Post'],
  ['Warenpost', 'Deutsche Post'],
  ['Schweizer Post', 'Schweizer Post'],
  ['La Poste Suisse', 'Swiss post'],
  ['Österreichische Post', 'AT POST'],
  ['OSTERREICHISCHE POST', 'AT POST'],
  ['DPD', 'DPD'],
  ['DPD Predict', 'DPD'],
  ['dpd local', 'DPD Local'],
  ['GLS Italia', 'GLS'],
  ['GLS Hungary', 'GLS'],
  ['Hermes Germany', 'Hermes Logistik Gruppe'],
  ['Evri', 'Hermes UK'],
  ['Royal Mail', 'Royal Mail'],
  ['Royal Mail 24', 'Royal Mail'],
  ['Royal Mail Tracked 48', 'Royal Mail'],
  ['Royal Mail Tracked 48 Signed', 'Royal Mail'],
  ['RoyalMail', 'Royal Mail'],
  ['Roayl Mail', 'Royal Mail'],
  ['Parcel Force', 'Parcelforce'],
  ['Yodle', 'Yodel'],
  ['UK-Mail', 'UKMail'],
  ['Colissimo', 'Colissimo'],
  ['Colisimo', 'Colissimo'],
  ['COLISSIMO ACCESS', 'Colissimo'],
  ['Chrono 18', 'Chronopost'],
  ['La Poste', 'La Poste'],
  ['Mondial Relais', 'Mondial Relay'],
  ['Correos España', 'Correos'],
  ['correos espana', 'Correos'],
  ['Chronoexprés', 'Correos Express'],
  ['Bartolini', 'Bartolini'],
  ['BRT Corriere Espresso', 'BRT'],
  ['Poste italiane', 'Poste Italiane'],
  ['Poczta Polska', 'Polish Post'],
  ['Paczkomaty InPost', 'InPost'],
  ['Kühne & Nagel', 'Kuehne+Nagel'],
  ['Post.nl', 'PostNL'],
  ['PostNord Sverige', 'PostNord'],
  ['Aras Cargo', 'Aras Kargo'],
  ['Türk Postası', 'PTT Kargo'],
  ['佐川急便', 'SagawaExpress'],
  ['飛脚宅配便', 'SagawaExpress'],
  ['ヤマト運輸', 'YamatoTransport'],
  ['ﾔﾏﾄ運輸', 'YamatoTransport'],
  ['クロネコヤマト', 'YamatoTransport'],
  ['日本郵便', 'Japan Post'],
  ['ゆうパック', 'Japan Post'],
  ['西濃運輸', 'SEINO TRANSPORTATION'],
  ['日本通運', 'NipponExpress'],
  ['顺丰速运', 'SF Express'],
  ['順豐', 'SF Express'],
  ['云途物流', 'Yun Express'],
  ['圆通速递', 'YTO Express'],
  ['中国邮政', 'China Post'],
  ['香港郵政', 'Hongkong Post'],
  ['أرامكس', 'Aramex'],
  ['Canada post', 'Canada Post'],
  ['Postes Canada', 'Canada Post'],
  ['purolator ground', 'PUROLATOR'],
  ['AusPost', 'Australia Post'],
  ['Blue Dart Express', 'BlueDart'],
  ['Delhivery', 'Delhivery'],
  ['Delhivry', 'Delhivery'],
  ['Correios SEDEX', 'Correios'],
  ['Tự giao hàng', 'Self Delivery'],
];

/** Carriers that are known, and that Amazon has no code for; and names that are no carrier's, or several. */
const nameless = [
  'Giao Hàng Nhanh',
  'Poșta Română',
  'ไปรษณีย์ไทย',
  '우체국택배',
  'Еконт',
  'ΕΛΤΑ',
  'דואר ישראל',
  'La Poste Burkina Faso',
  'An Post',
  'Transaragonés',
  'Bob and Sons',
  'Express',
  'DHLX',
  'Chukou2',
  'Sprin',
  'UPS of Bob',
  'Otro',
];

describe('amazonCarrier', () => {
  it.each(names)('FUL-1: knows %s', (written, code) => {
    expect(amazonCarrier(written, null, us, nobody)).toEqual({ code, name: null });
  });

  it.each(nameless)('FUL-1: sends %s by its name', (name) => {
    expect(amazonCarrier(`  ${name} `, '1Z999AA10123456784', us, nobody)).toEqual({ code: 'Other', name });
  });

  const list = '../shared/amazon/carrier-codes.txt';
  it.skipIf(!existsSync(list))("FUL-1: each of Amazon's codes is itself", () => {
    const codes = new Set(readFileSync(list, 'utf8').split('\n').filter(Boolean));
    expect(amazonCarrierCodes).toEqual(codes);
    const others = ['Other', 'Otro', 'Andere', 'Sonstige'];
    for (const code of codes) {
      const name = others.includes(code) ? code : null;
      const wanted = { code: name === null ? code : 'Other', name };
      expect(amazonCarrier(code, null, null, nobody)).toEqual(wanted);
    }
  });

  it('FUL-1: the country decides where a name means several', () => {
    expect([codeOf('Amazon Logistics'), codeOf('Amazon Logistics', britain)]).toEqual([
      'Amazon Shipping',
      'AMZL_UK',
    ]);
    expect([codeOf('Die Post'), codeOf('Die Post', germany), codeOf('Die Post', null)]).toEqual([
      'Other',
      'Deutsche Post',
      'Other',
    ]);
  });

  it('FUL-1: what the merchant chose comes first', () => {
    const own = new Map([
      ['UPS', { code: 'UPSMI', name: null }],
      ['Our Van', { code: null, name: 'Van of ours' }],
      ['Bob', { code: null, name: null }],
    ]);
    const of = (company: string) => amazonCarrier(company, null, us, own);
    expect(of('UPS')).toEqual({ code: 'UPSMI', name: null });
    expect(of('u.p.s')).toEqual({ code: 'UPSMI', name: null });
    expect(of('our van')).toEqual({ code: 'Other', name: 'Van of ours' });
    expect(of('Bob')).toEqual({ code: 'Other', name: 'Bob' });
    expect(of('FedEx')).toEqual({ code: 'FedEx', name: null });
  });

  it.each([null, '', '  ', '-', '…'])('FUL-1: without a name (%j) only a sure number tells', (company) => {
    const of = (tracking: string | null) => amazonCarrier(company, tracking, us, nobody);
    expect(of('1Z5R89390357567127')).toEqual({ code: 'UPS', name: null });
    expect([of('123456789012'), of(''), of(null)]).toEqual([null, null, null]);
  });
});

describe('carrierOfNumber', () => {
  it.each([
    ['1Z5R89390357567127', 'UPS'],
    ['1z 410e 7w0 392751591', 'UPS'],
    ['1Z5R89390357567128', null],
    ['9400111202555842332669', 'USPS'],
    ['9400 1112 0255 5842 3326 69', 'USPS'],
    ['9400111202555842332660', null],
    ['9205590164917312751089', null],
    ['RB123456785US', 'USPS'],
    ['EM123456785JP', 'Japan Post'],
    ['RB123456785GB', null],
    ['RB123456784US', null],
    ['JJD0002231234567890', null],
    ['TBA123456789012', null],
    ['123456789012', null],
    ['', null],
  ])('FUL-1: %s is of %s', (tracking, code) => {
    expect(carrierOfNumber(tracking)).toBe(code);
  });
});

describe('shopifyCompany', () => {
  it.each([
    ['UPS', 'UPS'],
    ['FedEx', 'FedEx'],
    ['FEDEX_JP', 'FedEx'],
    ['United States Postal Service', 'USPS'],
    ['Royal Mail', 'Royal Mail'],
    ['ROYAL_MAIL', 'Royal Mail'],
    ['Hermes UK', 'Evri'],
    ['DHL-Paket', 'DHL'],
    ['YamatoTransport', 'Yamato (EN)'],
    ['SAGAWA', 'Sagawa (EN)'],
    ['PUROLATOR', 'Purolator'],
    ['AMZL', 'Amazon'],
    ['AMZL_UK', 'Amazon Logistics UK'],
    ['CTTExpress', 'CTT Express'],
    ['Aramex', 'Aramex'],
    ['Yodel', 'Yodel'],
    ['La Poste', 'La Poste'],
    [' Bob  and Sons ', 'Bob and Sons'],
  ])('FUL-4: %s is %s', (amazonName, company) => {
    expect(shopifyCompany(amazonName)).toBe(company);
  });

  it('FUL-4: a name of Shopify stays itself, and leads back to the same carrier', () => {
    for (const code of amazonCarrierCodes) {
      const company = shopifyCompany(code);
      expect(shopifyCompany(company)).toBe(company);
      expect(codeOf(company, null)).toBeDefined();
    }
  });
});
