import { renderToStaticMarkup } from 'react-dom/server';
import { formatList, formatMoment } from '../ui/format.ts';
import type { PackLine, PackOrder, Packing } from './pack-orders.ts';
import type { Voice } from './voice.ts';

const style = `
  body { font: 12pt/1.4 sans-serif; color: #000; margin: 1.2cm }
  section { break-after: page } section:last-child { break-after: auto }
  h1 { font-size: 14pt; margin: 0 0 .3cm } .bar { border: 3px solid #000; padding: .3cm; font-weight: bold; margin: .3cm 0 }
  table { border-collapse: collapse; width: 100% } thead { display: table-header-group }
  th, td { text-align: start; border-bottom: 1px solid #999; padding: .15cm; vertical-align: top } tr { break-inside: avoid } .sku { white-space: nowrap }
  .box { display: inline-block; width: .4cm; height: .4cm; border: 2px solid #000 } small { display: block }
  address { font-style: normal; margin-top: .5cm; white-space: pre-line }`;

function Line({ line, t, boxes }: { line: PackLine; t: Voice['texts']['t']; boxes: boolean }) {
  const { sku, title, quantity, asked, details } = line;
  const words = (
    <>
      {title} × {quantity}
    </>
  );
  return (
    <tr>
      <td>{boxes && !asked && <span className="box" />}</td>
      <td className="sku">{asked ? <s>{sku ?? ''}</s> : (sku ?? '')}</td>
      <td>
        {asked ? <s>{words}</s> : words}
        {asked && <b> {t('extension.sheet.doNotPack')}</b>}
        {details.map((detail) => (
          <small key={detail}>{detail}</small>
        ))}
      </td>
    </tr>
  );
}

function Order({
  order: { name, state, order, lines, address, details },
  voice,
}: {
  order: PackOrder;
  voice: Voice;
}) {
  const { texts, style: how } = voice;
  const { t } = texts;
  const bars = {
    some: 'extension.sheet.held',
    none: 'extension.sheet.none',
    sent: 'extension.sheet.sent',
    unknown: 'extension.sheet.unknown',
    unread: 'extension.sheet.unread',
  } as const;
  return (
    <section>
      <h1>
        {[name, ...(order ? [`Amazon ${order.amazonOrderId}`] : [])].join(' · ')}
        {order?.shipBy != null &&
          ` · ${t('extension.sheet.shipBy', { date: formatMoment(order.shipBy, how) })}`}
      </h1>
      {state !== 'pack' && <p className="bar">{t(bars[state])}</p>}
      <table>
        <thead>
          <tr>
            <th />
            <th>{t('extension.sheet.sku')}</th>
            <th>{t('extension.sheet.item')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <Line key={at} line={line} t={t} boxes={state !== 'none' && state !== 'sent' && order !== null} />
          ))}
        </tbody>
      </table>
      {details.map((detail) => (
        <p key={detail}>{detail}</p>
      ))}
      {address.length > 0 && <address>{address.join('\n')}</address>}
      <p>
        <small>{t('extension.sheet.read', { time: formatMoment(how.now, how) })}</small>
      </p>
    </section>
  );
}

/**
 * A page to print for whoever packs: one sheet an order, and one that names what is not Amazon's. What a buyer wants out of is
 * struck and named; all texts are escaped.
 */
export function packSheet({ orders, others }: Packing, voice: Voice): string {
  const page = renderToStaticMarkup(
    <html lang={voice.style.language}>
      <head>
        <meta charSet="utf-8" />
        <title>{voice.texts.t('extension.sheet.title')}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        {orders.map((order) => (
          <Order key={order.name} order={order} voice={voice} />
        ))}
        {others.length > 0 && (
          <section>
            <p className="bar">
              {voice.texts.t('extension.sheet.others', { names: formatList(others, voice.style.language) })}
            </p>
          </section>
        )}
      </body>
    </html>,
  );
  return `<!doctype html>${page}`;
}
