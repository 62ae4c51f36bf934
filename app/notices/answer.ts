/**
 * What the other side said to a try. `code`: its status (`250`, `200`), or a word for why there was none. Never its words: a
 * mail server's hold the address. `final`: trying again is of no use.
 */
export interface Answer {
  readonly ok: boolean;
  readonly code: string;
  readonly final: boolean;
}

const words: Readonly<Record<string, string>> = {
  EAUTH: 'login',
  ENOAUTH: 'login',
  ETIMEDOUT: 'timeout',
  ABORT_ERR: 'timeout',
  ECONNREFUSED: 'refused',
  EFORBIDDEN: 'forbidden',
  ETLS: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
  EPROTO: 'tls',
};

/** The answer of a try that brought none, by the code of its error; a forbidden address stays one only until it is changed. */
export function noAnswer(code: unknown): Answer {
  const word = words[typeof code === 'string' ? code : ''] ?? 'unreachable';
  return { ok: false, code: word, final: word === 'forbidden' };
}
