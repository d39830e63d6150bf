import type { ReactNode } from 'react';
import type { Palette } from './public/poster-palette.ts';

/** A picture 200 wide and 192 high. `draw` returns numbers from 0 to 1. */
type Motif = (colours: Palette, draw: () => number) => ReactNode;

const W = 200;
const H = 192;

function several<T>(count: number, make: (n: number) => T): T[] {
  return Array.from({ length: count }, (_, n) => make(n));
}

const sun: Motif = ({ sky, shape, glow }, draw) => {
  const x = 60 + draw() * 80;
  const r = 52 + draw() * 18;
  return (
    <>
      <circle cx={x} cy="104" r={r} fill={glow} />
      {several(5, (n) => (
        <rect key={n} y={92 + n * 13} width={W} height={2 + n * 2} fill={sky} />
      ))}
      <path d={`M0 156 Q${50 + draw() * 100} ${138 + draw() * 10} 200 158 V${H} H0Z`} fill={shape} />
    </>
  );
};

const peaks: Motif = ({ ground, shape, glow }, draw) => {
  const top = 40 + draw() * 26;
  const x = 60 + draw() * 80;
  const near = 30 + draw() * 140;
  return (
    <>
      <circle cx={x > 100 ? 44 : 156} cy={38 + draw() * 16} r={13 + draw() * 10} fill={glow} />
      <path d={`M-20 ${H} L${x} ${top} L220 ${H}Z`} fill={shape} />
      <path d={`M${x} ${top} l-17 ${(H - top) * 0.2} 9 -3 8 7 9 -7 8 4Z`} fill={glow} opacity="0.85" />
      <path d={`M-60 ${H} L${near} ${116 + draw() * 16} L260 ${H}Z`} fill={ground} />
    </>
  );
};

const rings: Motif = ({ shape, glow }, draw) => {
  const x = 50 + draw() * 100;
  const y = 70 + draw() * 50;
  return (
    <>
      {several(6, (n) => (
        <circle key={n} cx={x} cy={y} r={34 + n * 22} fill="none" stroke={shape} strokeWidth={11 - n} />
      ))}
      <circle cx={x} cy={y} r="16" fill={glow} />
    </>
  );
};

const skyline: Motif = ({ ground, shape, glow }, draw) => {
  const houses = several(7, (n) => ({ x: n * 30 - 6, width: 20 + draw() * 14, top: 48 + draw() * 84 }));
  return (
    <>
      <circle cx={40 + draw() * 120} cy="46" r={20 + draw() * 12} fill={glow} />
      {houses.map(({ x, width, top }, n) => (
        <rect key={x} x={x} y={top} width={width} height={H} fill={n % 2 === 0 ? shape : ground} />
      ))}
      {houses.slice(1, 6).map(({ x, top }) => (
        <path
          key={x}
          d={`M${x + 6} ${top + 12} h4 m5 0 h4 M${x + 6} ${top + 26} h4 M${x + 15} ${top + 40} h4`}
          stroke={glow}
          strokeWidth="6"
        />
      ))}
    </>
  );
};

const waves: Motif = ({ ground, shape, glow }, draw) => {
  const swell = (y: number): string => {
    const lift = 18 + draw() * 26;
    return `M0 ${y} C60 ${y - lift} 90 ${y + lift} ${W} ${y - lift / 2} V${H} H0Z`;
  };
  return (
    <>
      <circle cx={50 + draw() * 100} cy={58 + draw() * 18} r={26 + draw() * 14} fill={glow} />
      <path d={swell(96)} fill={shape} opacity="0.55" />
      <path d={swell(126)} fill={shape} />
      <path d={swell(158)} fill={ground} />
    </>
  );
};

const beam: Motif = ({ ground, shape, glow }, draw) => {
  const from = draw() < 0.5 ? 20 : 180;
  const at = 70 + draw() * 60;
  return (
    <>
      <path d={`M${from} -10 L${at - 62} 172 H${at + 62}Z`} fill={shape} />
      <path d={`M${from} -10 L${at - 34} 172 H${at + 34}Z`} fill={glow} opacity="0.55" />
      <ellipse cx={at} cy="172" rx="62" ry="11" fill={glow} />
      <circle cx={at} cy="128" r="6.5" fill={ground} />
      <path d={`M${at - 9} 173 v-25 q0 -11 9 -11 t9 11 v25Z`} fill={ground} />
    </>
  );
};

const eye: Motif = ({ ground, shape, glow }, draw) => {
  const open = 48 + draw() * 26;
  const look = 88 + draw() * 24;
  return (
    <>
      {several(3, (n) => (
        <path
          key={n}
          d={`M10 ${100 - n * 14} Q100 ${100 - open * 1.9 - n * 17} 190 ${100 - n * 14}`}
          fill="none"
          stroke={shape}
          strokeWidth={7 - n * 2}
        />
      ))}
      <path d={`M14 102 Q100 ${102 - open * 1.6} 186 102 Q100 ${102 + open * 1.6} 14 102Z`} fill={glow} />
      <circle cx={look} cy="102" r={open * 0.56} fill={shape} />
      <circle cx={look} cy="102" r={open * 0.28} fill={ground} />
      <circle cx={look + 9} cy="92" r="5" fill={glow} />
    </>
  );
};

const orbit: Motif = ({ shape, glow }, draw) => {
  const r = 36 + draw() * 18;
  const tilt = draw() * 50 - 25;
  return (
    <>
      {several(9, (n) => (
        <circle key={n} cx={draw() * W} cy={draw() * H} r={0.8 + draw() * 1.6} fill={glow} />
      ))}
      <g transform={`rotate(${tilt} 100 98)`}>
        <circle cx="100" cy="98" r={r} fill={shape} />
        <path d={`M${100 - r} 98 a${r} ${r} 0 0 0 ${2 * r} 0Z`} fill={glow} opacity="0.35" />
        <path
          d={`M${100 - r} 92 C${30 - r} 116 ${170 + r} 116 ${100 + r} 92`}
          fill="none"
          stroke={glow}
          strokeWidth="6"
          strokeLinecap="round"
        />
        <circle cx={100 + r * 1.55} cy={64} r="7" fill={glow} />
      </g>
    </>
  );
};

const blocks: Motif = ({ ground, shape, glow, ink }, draw) => {
  const colours = [shape, glow, ground, shape, ink];
  const corners = [
    'M0 0 h50 a50 50 0 0 1 -50 50Z',
    'M50 0 v50 a50 50 0 0 1 -50 -50Z',
    'M50 50 h-50 a50 50 0 0 1 50 -50Z',
    'M0 50 v-50 a50 50 0 0 1 50 50Z',
  ];
  return several(16, (n) => (
    <path
      key={n}
      transform={`translate(${(n % 4) * 50} ${Math.floor(n / 4) * 48})`}
      d={corners[Math.floor(draw() * corners.length)]}
      fill={colours[Math.floor(draw() * colours.length)]}
    />
  ));
};

const petals: Motif = ({ shape, glow, ground }, draw) => {
  const count = 6 + Math.floor(draw() * 5);
  const turn = draw() * 60;
  return (
    <g transform={`translate(${70 + draw() * 60} 98) rotate(${turn})`}>
      {several(count, (n) => (
        <ellipse
          key={n}
          cy="-46"
          rx={150 / count}
          ry="44"
          fill={n % 2 === 0 ? shape : glow}
          opacity="0.82"
          transform={`rotate(${(n * 360) / count})`}
        />
      ))}
      <circle r="13" fill={ground} />
    </g>
  );
};

const rays: Motif = ({ shape, glow, ground }, draw) => {
  const x = 40 + draw() * 120;
  const y = 120 + draw() * 50;
  const turn = draw() * 15;
  const ray = (n: number): string => {
    const at = (angle: number): string => `${x + 320 * Math.cos((angle * Math.PI) / 180)} ${y + 320 * Math.sin((angle * Math.PI) / 180)}`;
    return `M${x} ${y} L${at(n * 30 + turn)} L${at(n * 30 + 13 + turn)}Z`;
  };
  return (
    <>
      {several(12, (n) => (
        <path key={n} d={ray(n)} fill={n % 4 === 0 ? glow : shape} />
      ))}
      <circle cx={x} cy={y} r="24" fill={ground} />
      <circle cx={x} cy={y} r="13" fill={glow} />
    </>
  );
};

const door: Motif = ({ ground, shape, glow }, draw) => {
  const x = 64 + draw() * 40;
  return (
    <>
      <path d={`M${x} 44 h44 v106 l${40 + draw() * 30} ${H - 150} h-150 l${24 + draw() * 20} -${H - 150}Z`} fill={shape} />
      <rect x={x} y="44" width="44" height="106" fill={glow} />
      <circle cx={x + 22} cy="99" r="8" fill={ground} />
      <path d={`M${x + 11} 158 v-38 q0 -13 11 -13 t11 13 v38Z`} fill={ground} />
    </>
  );
};

const road: Motif = ({ ground, shape, glow }, draw) => {
  const x = 50 + draw() * 100;
  return (
    <>
      <circle cx={x} cy="96" r={30 + draw() * 26} fill={glow} />
      <rect y="98" width={W} height={H} fill={shape} />
      <path d={`M${x - 2} 98 h4 L${150 + draw() * 30} ${H} H${20 + draw() * 20}Z`} fill={ground} />
      {several(4, (n) => (
        <path key={n} d={`M${x + (100 - x) * (n / 4)} ${104 + n * n * 7} v${4 + n * 6}`} stroke={glow} strokeWidth={1.5 + n * 1.6} />
      ))}
    </>
  );
};

const blinds: Motif = ({ ground, shape, glow }, draw) => {
  const slope = draw() * 24 - 12;
  return (
    <>
      <circle cx={60 + draw() * 80} cy={70 + draw() * 40} r={44 + draw() * 16} fill={glow} />
      {several(9, (n) => (
        <path
          key={n}
          d={`M-5 ${n * 24 - 12} L205 ${n * 24 - 12 + slope} v${9 + (n % 3)} L-5 ${n * 24 - 2}Z`}
          fill={n % 3 === 1 ? shape : ground}
        />
      ))}
    </>
  );
};

const pair: Motif = ({ shape, glow, ink }, draw) => {
  const r = 48 + draw() * 12;
  const apart = 22 + draw() * 16;
  const lean = draw() * 40 - 20;
  const lens = Math.sqrt(r * r - apart * apart);
  return (
    <g transform={`translate(100 96) rotate(${lean})`}>
      <circle cx={-apart} r={r} fill={shape} />
      <circle cx={apart} r={r} fill={glow} />
      <path d={`M0 ${-lens} A${r} ${r} 0 0 1 0 ${lens} A${r} ${r} 0 0 1 0 ${-lens}Z`} fill={ink} opacity="0.85" />
    </g>
  );
};

const spiral: Motif = ({ shape, glow }, draw) => {
  const turn = draw() * 6;
  const side = draw() < 0.5 ? 1 : -1;
  const x = 80 + draw() * 40;
  const arm = (phase: number): string =>
    several(46, (n) => {
      const angle = side * n * 0.42 + turn + phase;
      const r = 2 + n * n * 0.075;
      return `${n === 0 ? 'M' : 'L'}${(x + r * Math.cos(angle)).toFixed(1)} ${(94 + r * Math.sin(angle)).toFixed(1)}`;
    }).join('');
  return (
    <g fill="none" strokeLinejoin="round">
      <path d={arm(0)} stroke={shape} strokeWidth="9" />
      <path d={arm(Math.PI)} stroke={glow} strokeWidth="5" />
    </g>
  );
};

const forest: Motif = ({ ground, shape, glow }, draw) => {
  const firs = (count: number, foot: number, tall: number): string =>
    several(count, (n) => {
      const x = (n + 0.5) * (W / count) + (draw() - 0.5) * 14;
      const height = tall * (0.7 + draw() * 0.5);
      return `M${x.toFixed(0)} ${(foot - height).toFixed(0)} l${(height * 0.24).toFixed(0)} ${height.toFixed(0)} h-${(height * 0.48).toFixed(0)}Z`;
    }).join('');
  return (
    <>
      <circle cx={50 + draw() * 100} cy={56 + draw() * 20} r={24 + draw() * 14} fill={glow} />
      <path d={firs(8, 170, 74)} fill={shape} />
      <path d={firs(5, 200, 96)} fill={ground} />
    </>
  );
};

const bars: Motif = ({ shape, glow }, draw) =>
  several(9, (n) => {
    const height = 30 + draw() * 120;
    return <rect key={n} x={n * 21 + 8} y={96 - height / 2} width="13" height={height} rx="6.5" fill={draw() < 0.3 ? glow : shape} />;
  });

/** The motifs of each genre. */
const OF_GENRES: Record<string, readonly Motif[]> = {
  action: [rays, skyline, road, rings],
  adventure: [peaks, sun, waves, forest],
  animation: [blocks, petals, waves, orbit],
  comedy: [blocks, pair, sun, bars],
  crime: [skyline, blinds, beam, eye],
  documentary: [rings, eye, sun, bars],
  drama: [door, pair, waves, road, sun],
  family: [blocks, petals, peaks, sun],
  fantasy: [forest, orbit, petals, peaks],
  'film-noir': [blinds, beam, skyline, door],
  history: [peaks, sun, rays, pair],
  horror: [door, eye, forest, spiral],
  music: [bars, beam, rings, petals],
  mystery: [spiral, eye, beam, door],
  romance: [pair, petals, waves, sun],
  'sci-fi': [orbit, rings, spiral, skyline],
  thriller: [spiral, eye, blinds, rays],
  war: [rays, peaks, road, bars],
  western: [sun, road, peaks, rays],
};
const OF_NO_GENRE: readonly Motif[] = [sun, rings, waves, pair, blocks];

/** One of the motifs of the first two genres. */
export function motifOf(genres: readonly string[], draw: () => number): Motif {
  const suited = genres.slice(0, 2).flatMap((id) => OF_GENRES[id] ?? []);
  const among = suited.length === 0 ? OF_NO_GENRE : suited;
  return among[Math.floor(draw() * among.length)];
}
