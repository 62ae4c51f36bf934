import { Agent } from 'node:https';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/**
 * Leads all of the package's `https` requests to one plain-http origin (AMAZON_API_ORIGIN), the Host header staying the
 * real one. The package has no setting for its hosts, but takes an agent.
 */
export class OriginAgent extends Agent {
  readonly #host: string;
  readonly #port: number;

  constructor(origin: string) {
    super({ keepAlive: true });
    const url = new URL(origin);
    this.#host = url.hostname;
    this.#port = Number(url.port === '' ? 80 : url.port);
  }

  override createConnection(): Socket {
    return connect({ host: this.#host, port: this.#port });
  }
}
