import { useGenreName } from '../../../language/useGenreName.ts';
import { motifOf } from '../poster-motifs.tsx';
import { LINE_HEIGHT, type Voice, wrappedTitle } from '../wrapped-title.ts';
import styles from './DrawnPoster.module.css';
import { drawnBy, paletteOf } from './poster-palette.ts';

interface Props {
  title: string;
  year: number | null | undefined;
  genres: readonly { id: string; name: string }[];
}

/** The lettering by genre. Other genres use the serif. */
const VOICES: Record<string, Voice> = {
  action: 'heavy',
  crime: 'heavy',
  documentary: 'wide',
  'film-noir': 'wide',
  horror: 'wide',
  mystery: 'wide',
  'sci-fi': 'wide',
  thriller: 'heavy',
  war: 'heavy',
  western: 'heavy',
};
const ART = 192;
const MARGIN = 16;

/** A poster drawn from title, year and genres. The same movie always gets the same poster. */
export function DrawnPoster({ title, year, genres }: Props) {
  const draw = drawnBy({ title, year });
  const genreName = useGenreName();
  const main = genres.at(0);
  const ids = genres.map(({ id }) => id);
  const colours = paletteOf(ids, draw);
  const motif = motifOf(ids, draw);
  const below = draw() < 0.66;
  const framed = draw() < 0.4;
  const voice = VOICES[ids[0] ?? ''] ?? 'serif';
  const { lines, size } = wrappedTitle(title, voice);
  const picture = framed
    ? { x: MARGIN, y: below ? MARGIN : 300 - ART, width: 200 - 2 * MARGIN, height: ART - MARGIN }
    : { x: 0, y: below ? 0 : 300 - ART, width: 200, height: ART };
  const first = below ? ART + 11 : 32;
  return (
    <svg aria-hidden viewBox="0 0 200 300" preserveAspectRatio="xMidYMid slice" direction="ltr">
      <rect width="200" height="300" fill={colours.ground} />
      <svg {...picture} viewBox={`0 0 200 ${ART}`} preserveAspectRatio="xMidYMid slice" aria-hidden>
        <rect width="200" height={ART} fill={colours.sky} />
        {motif(colours, draw)}
      </svg>
      <g className={styles.title} data-voice={voice} fill={colours.ink} fontSize={size}>
        {lines.map((line, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is identified by its position.
          <text key={row} x={MARGIN} y={first + (row + 0.8) * size * LINE_HEIGHT}>
            {line}
          </text>
        ))}
      </g>
      <text className={styles.small} x={MARGIN} y={below ? 287 : 24} fill={colours.ink} opacity="0.86">
        {[year, main === undefined ? undefined : genreName(main)].filter((part) => part !== null && part !== undefined).join('  ·  ')}
      </text>
    </svg>
  );
}
