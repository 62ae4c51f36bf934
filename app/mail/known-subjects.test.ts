import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { isRequestSubject, knownSubjects, withoutForward } from './known-subjects.ts';

const wording = '../shared/data/wording.json';
const subjects = z.array(z.object({ text: z.string(), match: z.string() }));
const known = z.object({ languages: z.record(z.string(), z.object({ mailSubjects: subjects })) });

it.skipIf(!existsSync(wording))(
  'REQ-1: the known subjects are those that were gathered, and no other',
  () => {
    const { languages } = known.parse(JSON.parse(readFileSync(wording, 'utf8')));
    const gathered = Object.values(languages).flatMap(({ mailSubjects }) =>
      mailSubjects.map(({ text, match }) => `${match}: ${text}`),
    );
    expect(knownSubjects.map(({ text, match }) => `${match}: ${text}`).sort()).toEqual(gathered.sort());
  },
);

it.each([
  ['Fwd: x', 'x'],
  ['FW: WG: x', 'x'],
  ['TR : x', 'x'],
  ['转发：x', 'x'],
  ['x', 'x'],
  ['Window: x', 'Window: x'],
])('REQ-1: %j is %j once forwarding is taken off', (given, subject) => {
  expect(withoutForward(given)).toEqual({ subject, forwarded: given !== subject });
});

it.each([
  ['ORDER CANCELLATION REQUEST from amazon  customer Ada', true],
  ['Demande d’annulation de commande', true],
  ['Solicitud de cancelacio\u0301n de pedido del cliente de Amazon', true],
  ['Amazon: Cerere de anulare a comenzii de la un client Amazon (404)', true],
  ['Re: Order cancellation request from Amazon customer', false],
  ['Order cancellation', false],
])('REQ-1: %j is a request: %s', (subject, is) => {
  expect(isRequestSubject(subject)).toBe(is);
});
