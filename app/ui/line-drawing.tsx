import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

/** What a line chart is drawn from. */
export interface LineDrawingProps {
  /** Values by the lines' keys, null where there is none; `name` stands under the axis. */
  readonly points: readonly (Readonly<Record<string, number | string | null>> & { readonly name: string })[];
  /** Told apart by how they are drawn, not by colour alone. */
  readonly lines: readonly { readonly key: string; readonly name: string; readonly dotted?: boolean }[];
  /** A line across with its name. */
  readonly limit: { readonly value: number; readonly name: string } | null;
  readonly say: (value: number) => string;
}

const text = { fontSize: 12, fill: 'var(--p-color-text-secondary)' };

/** Lines over days. It is a picture: its table says the same. */
export default function LineDrawing({ points, lines, limit, say }: LineDrawingProps) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart
        data={[...points]}
        accessibilityLayer={false}
        margin={{ top: 16, right: 16, bottom: 0, left: 0 }}
      >
        <CartesianGrid vertical={false} stroke="var(--p-color-border-secondary)" />
        <XAxis dataKey="name" tick={text} tickLine={false} minTickGap={48} />
        <YAxis
          tick={text}
          tickLine={false}
          axisLine={false}
          tickCount={4}
          width="auto"
          tickFormatter={say}
          domain={[0, (most: number) => Math.max(most, (limit?.value ?? 0) * 1.2)]}
        />
        <Tooltip
          formatter={(value) => (typeof value === 'number' ? say(value) : '')}
          isAnimationActive={false}
        />
        {limit && (
          <ReferenceLine
            y={limit.value}
            stroke="var(--p-color-text-critical)"
            strokeDasharray="8 4"
            label={{ value: limit.name, position: 'insideBottomRight', ...text }}
          />
        )}
        {lines.map(({ key, name, dotted }) => (
          <Line
            key={key}
            dataKey={key}
            name={name}
            stroke="var(--p-color-text-emphasis)"
            strokeWidth={2}
            {...(dotted ? { strokeDasharray: '2 5' } : {})}
            dot={false}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  );
}
