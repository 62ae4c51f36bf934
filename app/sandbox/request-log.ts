import type { RequestLog, ServiceName } from './contract.ts';

/** One request as `GET /log` shows it; `time` is the world's, milliseconds UTC. */
type LoggedRequest = Parameters<RequestLog['add']>[0];

/** The log as the control interface sees it. */
export interface ReadableLog extends RequestLog {
  /** In the order of arrival; without a service those of both. */
  entries(service?: ServiceName): LoggedRequest[];
  clear(): void;
}

/** An empty log. */
export function createRequestLog(): ReadableLog {
  let all: LoggedRequest[] = [];
  return {
    add(entry) {
      all.push(entry);
    },
    entries(service) {
      return all.filter((entry) => service === undefined || entry.service === service);
    },
    clear() {
      all = [];
    },
  };
}
