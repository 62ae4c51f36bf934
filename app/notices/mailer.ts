import { createTransport } from 'nodemailer';
import { noAnswer, type Answer } from './answer.ts';

/** One mail to one address. */
export interface Mail {
  readonly to: string;
  /** Its stable id; the same mail sent twice has the same. */
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  send(mail: Mail): Promise<Answer>;
}

const connectMs = 5_000;
const silentMs = 10_000;
/** Within the time that a worker claims a delivery for. */
const wholeMs = 20_000;

function answerOf(error: unknown): Answer {
  const { code, responseCode, errno, syscall } = error as Record<string, unknown>;
  if (code === 'EAUTH') return noAnswer(code);
  if (typeof responseCode === 'number')
    return { ok: false, code: String(responseCode), final: responseCode >= 500 };
  // Under the library's own code of a socket that failed stands the system's.
  const refused = syscall === 'connect' && /ECONNREFUSED/.test((error as Error).message);
  return noAnswer(refused || errno === 'ECONNREFUSED' ? 'ECONNREFUSED' : code);
}

/** Sends mails over the server at `url` (smtp:// or smtps://), as `from`. A connection for each: they are few. */
export function openMailer(url: string, from: string): Mailer {
  const host = from.slice(from.lastIndexOf('@') + 1);
  const times = { connectionTimeout: connectMs, greetingTimeout: connectMs, socketTimeout: silentMs };
  return {
    async send({ to, id, subject, text, html }) {
      const transport = createTransport({ url, ...times, disableFileAccess: true, disableUrlAccess: true });
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Answer>((resolve) => {
        timer = setTimeout(() => {
          resolve(noAnswer('ETIMEDOUT'));
        }, wholeMs);
      });
      const sent = transport
        .sendMail({
          from: { name: 'Concord', address: from },
          to: { name: '', address: to },
          messageId: `<${id}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          ...{ subject, text, html },
        })
        .then(({ response }): Answer => ({
          ok: true,
          code: /^\d{3}/.exec(response)?.[0] ?? '250',
          final: true,
        }))
        .catch(answerOf);
      try {
        return await Promise.race([sent, late]);
      } finally {
        clearTimeout(timer);
        transport.close();
      }
    },
  };
}
