/** Every code of Shopify's `CountryCode`; a test compares it with the official schema. */
export const countryCodes: ReadonlySet<string> = new Set(
  (
    'AC AD AE AF AG AI AL AM AN AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
    'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR ' +
    'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO ' +
    'JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS ' +
    'MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PS PT PY QA RE RO RS RU ' +
    'RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TR TT TV ' +
    'TW TZ UA UG UM US UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM ZW ZZ'
  ).split(' '),
);

/** Parts of the United States with a country code of their own, which Shopify knows as states only. */
const states = new Set(['AS', 'FM', 'GU', 'MH', 'MP', 'PR', 'PW', 'VI']);

/** An address's country and state in Shopify's fields. */
interface Area {
  readonly countryCode?: string;
  readonly country?: string;
  readonly provinceCode?: string;
  readonly province?: string;
}

/** Two letters, or three as in Australia: a code; all else is a name. */
const provinceCode = /^(?:[A-Za-z]{2}|[A-Z]{3})$/;

function stateOf(state: string | null, asCode: boolean): Area {
  const text = state?.trim() ?? '';
  if (text === '') return {};
  return asCode && provinceCode.test(text) ? { provinceCode: text.toUpperCase() } : { province: text };
}

/**
 * Country and state as Amazon wrote them in the fields that Shopify takes. A code outside Shopify's list would make the
 * whole request invalid, so it goes as text. `asCode`: whether a short state is tried as a code.
 */
export function areaOf(country: string | null, state: string | null, asCode: boolean): Area {
  const text = country?.trim() ?? '';
  const code = text.toUpperCase() === 'UK' ? 'GB' : text.toUpperCase();
  if (states.has(code)) return { countryCode: 'US', ...stateOf(code, asCode) };
  if (countryCodes.has(code)) return { countryCode: code, ...stateOf(state, asCode) };
  // A state's code means nothing without its country.
  return { ...(text === '' ? {} : { country: text }), ...stateOf(state, false) };
}
