import { expect, it } from 'vitest';
import { html } from './html.ts';

it('escapes every text, in content and in attributes', () => {
  const hostile = `<img src=x onerror="alert('1')">&`;
  expect(html`<p title="${hostile}">${hostile}</p>`.text).toBe(
    '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;">&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</p>',
  );
});

it('keeps HTML that it made, joins lists and leaves out nothing at all', () => {
  const items = ['a', '<b>'].map((one) => html`<li>${one}</li>`);
  expect(html`${items}${false}${null}${undefined}${0}`.text).toBe('<li>a</li><li>&lt;b&gt;</li>0');
});
