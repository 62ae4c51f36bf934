/** The beginning of a subject of Amazon's mails about a buyer's request, or a part of it. */
interface KnownSubject {
  readonly text: string;
  readonly match: 'prefix' | 'contains';
}

/**
 * Subjects under which Amazon's mails about buyers' requests were seen: in Seller Central's help (en), in the Romanian notice
 * of the feature, and in others' mail rules (fr, es). None is invented for other languages.
 */
export const knownSubjects: readonly KnownSubject[] = [
  { text: 'Order cancellation request from Amazon customer', match: 'prefix' },
  { text: "Demande d'annulation de commande", match: 'prefix' },
  { text: 'Solicitud de cancelación de pedido del cliente de Amazon', match: 'prefix' },
  { text: 'Cerere de anulare a comenzii de la un client Amazon', match: 'contains' },
];

/** What mail programs put before the subject of a mail that they forward, in the languages of Amazon's stores. */
const forwarded = /^(?:fwd?|fw|wg|tr|rv|enc|i|doorst|pd|vb|ilt|chuyển tiếp|轉寄|转发|転送)\s*[:：]\s*/iu;

/** A subject without what forwarding put before it, and whether anything was. */
export function withoutForward(subject: string): { readonly subject: string; readonly forwarded: boolean } {
  let rest = subject.trim();
  for (let times = 0; times < 5 && forwarded.test(rest); times += 1) rest = rest.replace(forwarded, '');
  return { subject: rest, forwarded: rest !== subject.trim() };
}

/** The same signs however a mail program wrote them: composed letters, plain apostrophes and spaces, small letters. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[’‘`´]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

/** Whether a subject, without what forwarding put before it, is one of Amazon's requests. A reply's is not. */
export function isRequestSubject(subject: string): boolean {
  const given = plain(subject);
  if (/^(re|aw|sv|odp|ynt)\s*:/.test(given)) return false;
  return knownSubjects.some(({ text, match }) =>
    match === 'prefix' ? given.startsWith(plain(text)) : given.includes(plain(text)),
  );
}
