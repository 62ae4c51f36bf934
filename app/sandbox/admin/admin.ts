import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Origins } from '../app-environment.ts';
import type { Control } from '../control/control.ts';
import type { World } from '../world.ts';
export function createAdmin(
  _world: World,
  _origins: Origins,
  _control: Control,
): { handle(request: IncomingMessage, response: ServerResponse): void } {
  return { handle: (_q, r) => void r.end('') };
}
