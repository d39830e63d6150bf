import { useId } from 'react';
import { paletteOf } from './poster-palette.ts';
import { wrappedTitle } from './wrapped-title.ts';

interface Props {
  title: string;
  year: number | null | undefined;
  genres: readonly { id: string; name: string }[];
}

/** A poster from nothing but the title, year and genres: always the same for the same film. */
export function DrawnPoster({ title, year, genres }: Props) {
  const { ground, shape, glow, ink, seed } = paletteOf(title, genres);
  const fade = useId();
  const { lines, size } = wrappedTitle(title);
  const first = 232 - lines.length * size * 1.08;
  return (
    <svg aria-hidden viewBox="0 0 200 300" preserveAspectRatio="xMidYMid slice" direction="ltr" fontFamily="Georgia, 'Noto Serif', serif">
      <rect width="200" height="300" fill={ground} />
      <Motif seed={seed} shape={shape} glow={glow} />
      <linearGradient id={fade} x2="0" y2="1">
        <stop offset="0.25" stopColor={ground} stopOpacity="0" />
        <stop offset="0.64" stopColor={ground} stopOpacity="0.97" />
      </linearGradient>
      <rect width="200" height="300" fill={`url(#${fade})`} />
      <g fill={ink} fontWeight="700" fontSize={size}>
        {lines.map((line, row) => (
          <text key={line} x="16" y={first + (row + 1) * size * 1.08}>
            {line}
          </text>
        ))}
      </g>
      <rect x="16" y="244" width="28" height="3" fill={glow} />
      <text x="16" y="270" fill={ink} fontSize="13" fontFamily="ui-sans-serif, system-ui, sans-serif" letterSpacing="0.6">
        {[year, genres.at(0)?.name].filter((part) => part !== null && part !== undefined).join(' · ')}
      </text>
    </svg>
  );
}

/** One of six pictures, moved about by the rest of the seed. */
function Motif({ seed, shape, glow }: { seed: number; shape: string; glow: string }) {
  const x = 40 + (seed % 120);
  const y = 40 + ((seed >> 7) % 70);
  switch ((seed >> 14) % 6) {
    case 0:
      return (
        <>
          <circle cx={x} cy={y + 20} r="58" fill={shape} />
          <circle cx={200 - x} cy={y + 50} r="34" fill={glow} opacity="0.85" />
        </>
      );
    case 1:
      return (
        <>
          <path d={`M0 ${y + 90} L${x} ${y - 10} L200 ${y + 110} V300 H0Z`} fill={shape} />
          <circle cx={(x + 110) % 190} cy="48" r="22" fill={glow} />
        </>
      );
    case 2:
      return (
        <>
          {[0, 1, 2, 3, 4].map((row) => (
            <circle
              key={row}
              cx={x}
              cy={y + 30}
              r={22 + row * 24}
              fill="none"
              stroke={row === 0 ? glow : shape}
              strokeWidth={row === 0 ? 10 : 7}
            />
          ))}
        </>
      );
    case 3:
      return (
        <>
          {[0, 1, 2, 3, 4, 5].map((row) => (
            <rect
              key={row}
              x={row * 36 - 6}
              y={20 + ((seed >> row) % 90)}
              width="22"
              height="280"
              fill={row === seed % 6 ? glow : shape}
              opacity={0.55 + (row % 3) * 0.2}
            />
          ))}
        </>
      );
    case 4:
      return (
        <>
          <path d={`M-10 ${y} Q${x} ${y + 130} 210 ${y - 20} V300 H-10Z`} fill={shape} />
          <path d={`M-10 ${y + 60} Q${200 - x} ${y - 30} 210 ${y + 80} V300 H-10Z`} fill={glow} opacity="0.7" />
        </>
      );
    default:
      return (
        <>
          <path d={`M${x} -20 L${x + 110} 200 L${x - 110} 200Z`} fill={shape} />
          <path d={`M${x} -20 L${x + 42} 200 L${x - 42} 200Z`} fill={glow} opacity="0.8" />
        </>
      );
  }
}
