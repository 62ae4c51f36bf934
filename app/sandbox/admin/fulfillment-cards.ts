import type { ListedFulfillmentOrder } from '../shopify/listed-fulfillment.ts';
import { html, type Html } from './html.ts';
import { staffCall, type StaffButton } from './staff-call.ts';

/** `ON_HOLD` as people write it. */
const plain = (value: string) => value.toLowerCase().replaceAll('_', ' ');

function buttonOf(name: StaffButton, label: string, id: string, hold?: string): Html {
  return html`<button data-staff="${name}" data-body="${JSON.stringify(staffCall(name, id, hold))}">
    ${label}
  </button>`;
}

function buttonsOf(one: ListedFulfillmentOrder): Html {
  const { id, status, requestStatus, thirdParty, withThirdParty } = one;
  const button = (name: StaffButton, label: string) => buttonOf(name, label, id);
  if (status === 'CLOSED' || status === 'CANCELLED') return html``;
  return html`<div class="buttons">
    ${button('ship', 'Fulfill items')} ${!withThirdParty && button('hold', 'Hold')}
    ${thirdParty && !withThirdParty && button('request', 'Request fulfillment')}
    ${requestStatus === 'SUBMITTED' && button('accept', 'Warehouse accepts')}
    ${requestStatus === 'CANCELLATION_REQUESTED' && [button('stop', 'Warehouse stops it'), ' ', button('go-on', 'Warehouse goes on')]}
  </div>`;
}

function card(one: ListedFulfillmentOrder): Html {
  const { id, status, requestStatus, location, lines, holds } = one;
  return html`<div class="card" data-fulfillment="${status}">
    <h2>
      ${location}
      <span class="badge ${status === 'ON_HOLD' && 'warn'}">${plain(status)}</span>
      ${requestStatus !== 'UNSUBMITTED' && html`<span class="badge">${plain(requestStatus)}</span>`}
    </h2>
    <ul class="plain">
      ${lines.map(({ title, remaining, total }) => html`<li>${remaining} of ${total} × ${title}</li>`)}
    </ul>
    ${holds.map(
      (hold) =>
        html`<p class="message">
          On hold (${plain(hold.reason)})${hold.notes !== null && `: ${hold.notes}`}
          <small>by ${hold.byApp ? 'an app' : 'staff'}${hold.handle !== '' && `, ${hold.handle}`}</small>
          ${buttonOf('release', 'Release hold', id, hold.id)}
        </p>`,
    )}
    ${buttonsOf(one)}
  </div>`;
}

/** What each location is to send of an order, with the buttons a merchant and a warehouse have. */
export function fulfillmentCards(all: readonly ListedFulfillmentOrder[]): Html {
  if (all.length === 0) return html`<p class="empty">Shopify has not prepared it for fulfilment yet.</p>`;
  return html`<div class="cards">${all.map(card)}</div>`;
}
