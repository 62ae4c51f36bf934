import type { Behaviour } from '../contract.ts';
import type { FlagStyle } from './order-items-v0.ts';
import type { CancellationColumn } from './report-file.ts';
import type { FileStyle } from './report-store.ts';
import { switches } from './switches.ts';

/** How report files are made, as the switches stand. */
export function fileStyle(behaviour: Behaviour): FileStyle {
  return {
    cancellation: behaviour.get(switches.reportCancellationColumn) as CancellationColumn,
    encoding: behaviour.get(switches.reportEncoding),
    packed: behaviour.get(switches.reportPacking) === 'gzip',
    withoutData: behaviour.get(switches.reportWithoutData) === 'cancelled' ? 'cancelled' : 'header-only',
  };
}

/** How Orders v0 writes the flag, as the switch stands. */
export function flagStyle(behaviour: Behaviour): FlagStyle {
  return behaviour.get(switches.requestFlagOfV0) as FlagStyle;
}
