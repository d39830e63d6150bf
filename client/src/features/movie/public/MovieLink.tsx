import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';

const MovieLink_movie = graphql(`
  fragment MovieLink_movie on Movie {
    id
    absence
  }
`);

interface Props {
  movie: FragmentType<typeof MovieLink_movie>;
  className?: string | undefined;
  /** A second link to the same page, for the pointer alone. */
  decorative?: boolean;
  children: ReactNode;
}

/** Leads to the page of a movie. A movie that the catalog does not show has none: its content stands without a link. */
export function MovieLink({ movie, className, decorative = false, children }: Props) {
  const { id, absence } = getFragmentData(MovieLink_movie, movie);
  if (absence != null) return className === undefined ? children : <div className={className}>{children}</div>;
  return (
    <Link to={`/movie/${id}`} className={className} {...(decorative ? { tabIndex: -1, 'aria-hidden': true } : {})}>
      {children}
    </Link>
  );
}
