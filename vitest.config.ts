import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['app/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}'],
    globalSetup: ['test/server.ts'],
    setupFiles: ['test/setup.ts'],
    reporters: ['default', './test/last-line.ts'],
    sequence: { shuffle: { files: true, tests: true } },
    env: { LOG_LEVEL: 'error' },
    testTimeout: 60_000,
    hookTimeout: 90_000,
    maxWorkers: 2,
    pool: 'forks',
  },
});
