import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts';

/** What a bar chart is drawn from: one bar below the other, each with its name before and its value behind it. */
export interface BarDrawingProps {
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  readonly say: (value: number) => string;
}

const text = { fontSize: 12, fill: 'var(--p-color-text)' };

/** Bars by name. It is a picture: its table says the same. */
export default function BarDrawing({ bars, say }: BarDrawingProps) {
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={[...bars]}
        layout="vertical"
        accessibilityLayer={false}
        margin={{ top: 0, right: 48, bottom: 0, left: 0 }}
      >
        <XAxis type="number" hide domain={[0, 'dataMax']} />
        <YAxis
          type="category"
          dataKey="name"
          tick={text}
          tickLine={false}
          axisLine={false}
          width={132}
          interval={0}
        />
        <Bar
          dataKey="value"
          fill="var(--p-color-bg-fill-emphasis)"
          barSize={16}
          radius={3}
          isAnimationActive={false}
        >
          <LabelList
            dataKey="value"
            position="right"
            {...text}
            formatter={(value) => (typeof value === 'number' ? say(value) : '')}
          />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}
