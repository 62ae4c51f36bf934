import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { commandKinds } from '../domain/command.ts';
import { components } from '../domain/components.ts';
import { states } from '../domain/describe.ts';
import { amazonCancelReasons } from '../domain/cancel-reason.ts';
import { connectRefusals } from '../domain/connect-refusal.ts';
import { fileSayings } from '../domain/file-saying.ts';
import { guards } from '../domain/explain-refusal.ts';
import { guideSteps } from '../domain/guide.ts';
import { dispensableParts } from '../domain/leave-out.ts';
import { problemTones, type ProblemKind } from '../domain/problem.ts';
import { choicesFor } from '../domain/problem-choices.ts';
import { parameterNames } from '../ui/wording.ts';
import en from './en.json' with { type: 'json' };

type Tree = { readonly [key: string]: string | Tree };

function leaves(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : leaves(value, `${prefix}${key}.`),
  );
}

const texts = new Map(leaves(en));
const design = '../shared/design/pages.md';

/** Rows of the table below a heading of the design, as cells. */
function table(from: string, to: string): string[][] {
  const text = readFileSync(design, 'utf8');
  const part = text.slice(text.indexOf(from), text.indexOf(to));
  return part
    .split('\n')
    .flatMap((line) => (line.startsWith('|') ? [line.split('|').map((cell) => cell.trim())] : []));
}

const quoted = (cell: string | undefined) => /^`([a-z_]+)`/.exec(cell ?? '')?.[1];

/** The parameters a message may be given: plural and select arguments, and what stands in braces. */
function parameters(message: string): string[] {
  const walk = (nodes: readonly unknown[]): string[] =>
    nodes.flatMap((node) => {
      const { type, value, options } = node as {
        type: number;
        value: unknown;
        options?: Record<string, { value: unknown[] }>;
      };
      const inside = options ? Object.values(options).flatMap((option) => walk(option.value)) : [];
      return type === 0 || type === 7 || typeof value !== 'string' ? inside : [value, ...inside];
    });
  return walk(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst());
}

describe('texts', () => {
  it('every message is well-formed, calm and short of exclamation marks', () => {
    for (const [key, message] of texts) {
      expect(() => parameters(message), key).not.toThrow();
      expect(message, key).not.toMatch(/!|please|oops/i);
    }
  });

  it('every state that an order can have is worded', () => {
    for (const key of Object.keys(states)) {
      expect([...texts.keys()]).toEqual(
        expect.arrayContaining([`state.${key}.badge`, `state.${key}.sentence`]),
      );
    }
  });

  it('every problem that can open is worded', () => {
    for (const kind of Object.keys(problemTones)) {
      for (const part of ['name', 'title', 'why'])
        expect([...texts.keys()]).toContain(`problem.${kind}.${part}`);
    }
  });

  it('PRO-4: every choice that a problem has says what it does, and nothing else is worded', () => {
    const worded = [...texts.keys()].flatMap(
      (key) => /^solve\.(\w+\.\w+)\.(name|does)$/.exec(key)?.[1] ?? [],
    );
    const own = Object.keys(problemTones).flatMap((kind) =>
      Object.keys(choicesFor(kind as ProblemKind)).flatMap((choice) =>
        choice === 'leave' || choice === 'reopen' ? [] : [`${kind}.${choice}`],
      ),
    );
    expect(Map.groupBy(worded, (name) => name).size * 2).toBe(worded.length);
    expect([...new Set(worded)].sort()).toEqual(['any.leave', ...own].sort());
  });

  it('every part that may be left out and every component is worded', () => {
    const parts = dispensableParts({ args: { without: [] } });
    for (const key of [
      ...parts.map((name) => `part.${name}`),
      ...components.map((name) => `component.${name}`),
    ])
      expect([...texts.keys()]).toContain(key);
  });

  it('every guard that can refuse a decision is worded, and nothing else is', () => {
    const worded = [...texts.keys()].flatMap((key) => /^guard\.(.+)/.exec(key)?.[1] ?? []);
    expect(worded.sort()).toEqual([...guards].sort());
  });

  it.skipIf(!existsSync(design))('every guard of the page design is worded', () => {
    const text = readFileSync(design, 'utf8');
    const keys = (/Guards from the server[^`]*`([^`]+)`/.exec(text)?.[1] ?? '').split(', ');
    expect(keys.length).toBeGreaterThan(15);
    expect(keys.filter((key) => !texts.has(`guard.${key}`))).toEqual([]);
  });

  it('SEC-3: every reason for which an account is not connected is worded, and nothing else is', () => {
    const worded = [...texts.keys()].flatMap((key) => /^connect\.refused\.(.+)/.exec(key)?.[1] ?? []);
    expect(worded.sort()).toEqual([...connectRefusals].sort());
  });

  it('IMP-8: every step of the setup guide has its heading and its words', () => {
    const worded = [...texts.keys()].flatMap((key) => /^guide\.step\.(.+)/.exec(key)?.[1] ?? []);
    expect(worded.sort()).toEqual(guideSteps.flatMap((step) => [`${step}.text`, `${step}.title`]).sort());
  });

  it('REP-5: every sentence about a report file is worded, and nothing else is', () => {
    const worded = [...texts.keys()].flatMap((key) => /^reports\.said\.(.+)/.exec(key)?.[1] ?? []);
    expect(worded.sort()).toEqual([...fileSayings].sort());
  });

  it('CAN-6: every reason that Amazon takes is worded, and nothing else is', () => {
    const worded = [...texts.keys()].flatMap((key) => /^amazonReason\.(.+)/.exec(key)?.[1] ?? []);
    expect(worded.sort()).toEqual([...amazonCancelReasons].sort());
  });

  it('CAN-16: every condition that stops a rule is worded', () => {
    const sentence = texts.get('problem.auto_accept_paused.title') ?? '';
    for (const condition of ['not_unshipped', 'lines', 'free', 'currency', 'amount', 'time', 'sku', 'guard'])
      expect(sentence).toContain(` ${condition} {`);
  });

  it('PRO-7: dry run says what would be done in words', () => {
    for (const kind of commandKinds) expect(texts.get('state.dry_run.sentence')).toContain(` ${kind} {`);
  });

  it.skipIf(!existsSync(design))('every state of the page design is worded', () => {
    const keys = table('## 3. State', '## 4. Pages').flatMap((cells) => quoted(cells[2]) ?? []);
    expect(keys.length).toBeGreaterThan(50);
    expect(
      keys.filter((key) => !texts.has(`state.${key}.badge`) || !texts.has(`state.${key}.sentence`)),
    ).toEqual([]);
  });

  it.skipIf(!existsSync(design))('every problem of the page design is worded', () => {
    const kinds = table('## 5. Problem catalogue', '## 6. Standard copy').flatMap(
      (cells) => quoted(cells[1]) ?? [],
    );
    expect(kinds.length).toBeGreaterThan(50);
    expect(
      kinds.filter((kind) => !texts.has(`problem.${kind}.title`) || !texts.has(`problem.${kind}.why`)),
    ).toEqual([]);
  });

  it('states and problems use only parameters that can be filled in', () => {
    const fillable = new Set(parameterNames.flatMap((name) => [name, `${name}_given`]));
    const told = [...texts].filter(([key]) =>
      /^(state|problem|solve|timeline|guard|effect|ifSent)\./.test(key),
    );
    expect(told.flatMap(([, message]) => parameters(message)).filter((name) => !fillable.has(name))).toEqual(
      [],
    );
  });

  it('every key that a page names exists, and every plain text is named by one', () => {
    const sources = ['app/ui', 'app/routes', 'app/notices', 'app/extensions', 'app/flow', 'app'].flatMap(
      (folder) =>
        readdirSync(folder).flatMap((file) =>
          /\.tsx?$/.test(file) && !file.includes('.test.')
            ? [readFileSync(path.join(folder, file), 'utf8')]
            : [],
        ),
    );
    const named = new Set(
      sources.flatMap((source) =>
        [...source.matchAll(/'([a-z]+[A-Za-z]*(?:\.[A-Za-z]+)+|notKnown)'/g)].map((m) => m[1]),
      ),
    );
    const called = sources.flatMap((source) =>
      [...source.matchAll(/\bt\('([^']+)'/g)].map((m) => m[1] ?? ''),
    );
    expect(called.filter((key) => !texts.has(key))).toEqual([]);
    const built =
      /^(state|problem|solve|component|part|timeline|guard|effect|ifSent|amazonReason|amazonStatus|shopifyStatus|requestWord|problems\.tab|settle\.pick|settings\.(auto\.left|section|name|help|option|wrong|shopifyReason|stored)|orders\.column|home\.(blind|day|lag)|bulk\.(approve|decline|send|drop|again)|notices\.kind|quarantine\.(tab|column|why|send|drop)|requests\.(column|tab|state|held|source|reason)|guide\.step|connect\.refused|products\.(tab|column|outcome|wrongRow|wrongFile)|older\.(column|happens)|orders\.(column|view|sort|shipBy|value|request|stateName)|evidence\.(line|log)|reports\.(tab|said|period\.wrong|\w+\.column|reasons\.by)|practice\.(step|deed|deedFor)|column\.step|problems\.(tab|column))\.|^products\.(link|never|unlink|lookAgain)(For|Text|Confirm)$/;
    expect([...texts.keys()].filter((key) => !built.test(key) && !named.has(key))).toEqual([]);
  });
});
