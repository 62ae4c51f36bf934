import { Badge } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useStyle } from './style.ts';
import { badgeTone } from './tone.ts';
import { useTicking } from './use-ticking.ts';
import { sayable, type Params } from './wording.ts';

interface Props {
  /** A key of the page design's table of states. */
  readonly state: string;
  readonly tone: string;
  readonly params: Params;
  /** The server's time, ms UTC. */
  readonly now: number;
}

// Digits of one width: a clock that counts down moves nothing beside it.
const steady = { display: 'inline-flex', fontVariantNumeric: 'tabular-nums' } as const;

/** An order's one state as a badge, its clock counting down where it has one (CAN-8). Not for a live region: it would be read out by the second. */
export function StateBadge({ state, tone, params, now }: Props) {
  const { t } = useTranslation();
  const words = sayable(params, t, useStyle(useTicking(now, 'clock' in params)));
  return (
    <span style={steady}>
      <Badge {...badgeTone(tone)}>{t(`state.${state}.badge`, words)}</Badge>
    </span>
  );
}
