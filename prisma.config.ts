import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { defineConfig } from 'prisma/config';

// Making the client needs an address by name only; nothing is called.
process.env['DATABASE_URL'] ??= 'postgresql://localhost/concord';

// The engine written in JavaScript needs no download; migrations run as the owner that DATABASE_URL names.
export default defineConfig({
  experimental: { adapter: true },
  engine: 'js',
  schema: path.join('prisma', 'schema.prisma'),
  adapter: () => Promise.resolve(new PrismaPg({ connectionString: process.env['DATABASE_URL'] })),
});
