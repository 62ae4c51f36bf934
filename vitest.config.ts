import { defineConfig } from 'vitest/config';
import { LongFilesFirst } from './test/long-files-first.ts';

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: [
            'app/**/*.test.{ts,tsx}',
            'extensions/**/*.test.ts',
            'test/{contracts,database}/**/*.test.ts',
          ],
          // Most of their time went into loading the same modules for each file.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'worlds', include: ['test/{browser,model,scenarios}/**/*.test.ts'] },
      },
    ],
    // It is TypeScript as it was written.
    server: { deps: { inline: ['@shopify/ui-extensions-tester'] } },
    globalSetup: ['test/server.ts'],
    setupFiles: ['test/setup.ts'],
    reporters: ['default', './test/last-line.ts'],
    sequence: { shuffle: { files: true, tests: true }, sequencer: LongFilesFirst },
    // Operators' commands that a test starts as processes start in half the time.
    env: { LOG_LEVEL: 'error', NODE_COMPILE_CACHE: 'node_modules/.cache/compiled' },
    testTimeout: 120_000,
    // What comes is waited for as Playwright does; a second is short on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 90_000,
    maxWorkers: 3,
    pool: 'forks',
  },
});
