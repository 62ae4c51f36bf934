import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** The project's root, where its programs are started. */
export const root = path.resolve(import.meta.dirname, '..', '..');
const preload = path.join(import.meta.dirname, 'date-follows-clock.ts');
const passedOn = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'SystemRoot', 'TEMP'];
/** What a program was compiled to: the next one of its kind starts in half the time. */
const compiled = path.join(root, 'node_modules', '.cache', 'compiled');
const grace = 2000;

/** What a program gets as its environment. */
export type ChildEnvironment = Readonly<Record<string, string>> & { readonly NODE_ENV: 'production' };

/** A process the sandbox started. */
export interface Child {
  readonly pid: number;
  /** Resolves with a sentence on how it ended. */
  readonly gone: Promise<string>;
  /** Calls back with every line of its standard output. */
  onLine(listener: (line: string) => void): void;
  /** SIGTERM, and SIGKILL after two seconds. */
  end(): Promise<void>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
}

function ended(process: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve) => {
    process.once('error', (error) => {
      resolve(`${name} could not be started: ${error.message}`);
    });
    process.once('exit', (code, signal) => {
      resolve(`${name} ended ${signal ? `by ${signal}` : `with status ${code ?? 'unknown'}`}`);
    });
  });
}

/**
 * Starts a Node program whose `Date` follows the world's clock. It gets `env` and little else, stands in a process group
 * of its own (so that Ctrl-C reaches the sandbox alone), and ends by itself when the sandbox vanishes. Its standard error
 * is the sandbox's.
 */
export function startChild(name: string, args: readonly string[], env: ChildEnvironment): Child {
  const inherited = Object.fromEntries(
    passedOn.flatMap((key) => (process.env[key] === undefined ? [] : [[key, process.env[key]]])),
  );
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    cwd: root,
    env: { NODE_COMPILE_CACHE: compiled, ...inherited, ...env, CONCORD_PROCESS: name },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true,
  });
  if (!child.stdout) throw new Error(`${name} has no standard output.`);
  const gone = ended(child, name);
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const hard = setTimeout(() => child.kill('SIGKILL'), grace);
    await gone;
    clearTimeout(hard);
  };
  const lines = createInterface({ input: child.stdout });
  return {
    pid: child.pid ?? 0,
    gone,
    onLine: (listener) => void lines.on('line', listener),
    end: () => stop('SIGTERM'),
    kill: () => stop('SIGKILL'),
  };
}
