import type { Growth } from './figure.ts';

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT] = [640, 360, 70, 50, 40, 20];

/** How a cost grows, as a picture with both scales by powers of ten: what is linear rises as the dashed line does. */
export function growthPicture({ title, across, up, points }: Growth): string {
  const x = scale(
    points.map(([size]) => size),
    LEFT,
    WIDTH - RIGHT,
  );
  const y = scale(
    points.map(([, cost]) => cost),
    HEIGHT - BOTTOM,
    TOP,
  );
  const at = ([size, cost]: readonly [number, number]) => `${x.place(size).toFixed(1)},${y.place(cost).toFixed(1)}`;
  const line = points.map(at).join(' ');
  const [first = [1, 1], last = [1, 1]] = [points[0], points.at(-1)];
  const linear = [first, [last[0], (first[1] * last[0]) / first[0]] as const];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<title>${title} by ${across}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<clipPath id="inside"><rect x="${LEFT}" y="${TOP}" width="${WIDTH - LEFT - RIGHT}" height="${HEIGHT - BOTTOM - TOP}"/></clipPath>
<text x="${LEFT}" y="22" font-size="15">${title}</text>
${x.ticks.map((tick) => grid(x.place(tick), 'x', tick)).join('\n')}
${y.ticks.map((tick) => grid(y.place(tick), 'y', tick)).join('\n')}
<polyline clip-path="url(#inside)" points="${linear.map(at).join(' ')}" fill="none" stroke="#999" stroke-dasharray="5 4"/>
<polyline points="${line}" fill="none" stroke="#0b6bcb" stroke-width="2"/>
${points.map((point) => dot(at(point), point[1])).join('\n')}
<text x="${WIDTH / 2}" y="${HEIGHT - 10}" text-anchor="middle">${across}</text>
<text x="16" y="${HEIGHT / 2}" text-anchor="middle" transform="rotate(-90 16 ${HEIGHT / 2})">${up}</text>
</svg>
`;
}

interface Scale {
  readonly ticks: readonly number[];
  place(value: number): number;
}

function scale(values: readonly number[], from: number, to: number): Scale {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
  const ticks = Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at));
  return { ticks, place: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from) };
}

function grid(place: number, axis: 'x' | 'y', value: number): string {
  const text = value.toLocaleString('en', { maximumSignificantDigits: 2 });
  const [line, label] =
    axis === 'x'
      ? [`M${place} ${TOP}V${HEIGHT - BOTTOM}`, `x="${place}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle"`]
      : [`M${LEFT} ${place}H${WIDTH - RIGHT}`, `x="${LEFT - 8}" y="${place + 4}" text-anchor="end"`];
  return `<path d="${line}" stroke="#ddd"/><text ${label}>${text}</text>`;
}

function dot(place: string, cost: number): string {
  const [x = '0', y = '0'] = place.split(',');
  const text = cost.toLocaleString('en', { maximumSignificantDigits: 2 });
  return `<circle cx="${x}" cy="${y}" r="3.5" fill="#0b6bcb"/><text x="${x}" y="${Number(y) - 9}" text-anchor="middle">${text}</text>`;
}
