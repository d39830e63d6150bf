import { DrawnPoster } from './DrawnPoster.tsx';
import styles from './PosterWall.module.css';

/** Famous movies of many kinds, with two genres each. */
const MOVIES: readonly (readonly [title: string, year: number, ...genres: string[]])[] = [
  ['Metropolis', 1927, 'sci-fi', 'drama'],
  ['Casablanca', 1942, 'romance', 'war'],
  ['Seven Samurai', 1954, 'action', 'drama'],
  ['Vertigo', 1958, 'mystery', 'thriller'],
  ['Some Like It Hot', 1959, 'comedy', 'crime'],
  ['La Dolce Vita', 1960, 'drama', 'comedy'],
  ['The Good, the Bad and the Ugly', 1966, 'western', 'adventure'],
  ['Alien', 1979, 'horror', 'sci-fi'],
  ['My Neighbor Totoro', 1988, 'animation', 'family'],
  ['Stop Making Sense', 1984, 'music', 'documentary'],
  ['In the Mood for Love', 2000, 'romance', 'drama'],
  ['Amélie', 2001, 'comedy', 'romance'],
];

/** Decoration: one row as wide as the page, or a wall of four by three posters. */
export function PosterWall({ shape }: { shape: 'row' | 'wall' }) {
  return (
    <div className={styles[shape]} aria-hidden>
      {MOVIES.map(([title, year, ...genres]) => (
        <div key={title} className={styles.poster}>
          <DrawnPoster title={title} year={year} genres={genres.map((id) => ({ id, name: id }))} />
        </div>
      ))}
    </div>
  );
}
