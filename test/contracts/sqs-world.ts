import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Fault } from '../../app/sandbox/contract.ts';
import { createFaults } from '../../app/sandbox/faults.ts';
import { createPretendSqs, type PretendSqs } from '../../app/sandbox/sqs/pretend-sqs.ts';

/** A pretend SQS on a port of its own, with AWS's real client before it. */
export interface SqsWorld {
  readonly sqs: PretendSqs;
  readonly client: SQSClient;
  readonly origin: string;
  now: number;
  fault(operation: string, kind: Fault['kind'], more?: Partial<Fault>): void;
  close(): Promise<void>;
}

/** Starts it; the world's time begins at 2026-11-21T12:00:00Z. */
export async function startSqs(): Promise<SqsWorld> {
  const state = { now: Date.parse('2026-11-21T12:00:00Z') };
  const faults = createFaults();
  const sqs = createPretendSqs({
    clock: {
      now: () => state.now,
      schedule: (_at, _what, run) => {
        void run();
        return () => undefined;
      },
    },
    faults,
    log: { add: () => undefined },
    behaviour: { declare: () => undefined, get: () => '' },
  });
  const server = createServer((request, response) => {
    sqs.handle(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new SQSClient({
    endpoint: origin,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  return Object.assign(state, {
    sqs,
    client,
    origin,
    fault: (operation: string, kind: Fault['kind'], more: Partial<Fault> = {}) => {
      faults.add({ service: 'amazon', match: { operation }, kind, ...more });
    },
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  });
}
