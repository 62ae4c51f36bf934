import { expect, it } from 'vitest';
import { reasonCategories, reasonCategoryOf } from './reason-category.ts';

// The reasons that Amazon offers its buyers, and others in their own words.
const table = [
  [null, 'not_given'],
  ['  ', 'not_given'],
  ['Order Created by Mistake', 'mistake'],
  ['I ordered it twice', 'mistake'],
  ['Item(s) Would Not Arrive on Time', 'too_slow'],
  ['Shipping Cost Too High', 'shipping_cost'],
  ['Item Price Too High', 'price'],
  ['Found Cheaper Somewhere Else', 'price'],
  ['Need to Change Shipping Address', 'address'],
  ['Need to Change Billing Address', 'address'],
  ['Need to Change Payment Method', 'payment'],
  ['I changed my mind', 'changed_mind'],
  ["I don't need it", 'changed_mind'],
  ['no longer needed', 'changed_mind'],
  ['Other', 'other'],
  ['誤って注文しました', 'other'],
  ['<b>=HYPERLINK("http://a")</b>', 'other'],
] as const;

it.each(table)('REQ-5: %s is %s', (words, category) => {
  expect(reasonCategoryOf(words)).toBe(category);
});

it('REQ-5: every category is there for some reason', () => {
  expect(new Set(table.map(([, category]) => category))).toEqual(new Set(reasonCategories));
});
