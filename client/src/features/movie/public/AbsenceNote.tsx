import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';

const AbsenceNote_movie = graphql(`
  fragment AbsenceNote_movie on Movie {
    absence
  }
`);

interface Props {
  movie: FragmentType<typeof AbsenceNote_movie>;
  className?: string | undefined;
}

/** Why a list of the viewer has a movie that the catalog does not show. */
export function AbsenceNote({ movie, className }: Props) {
  const { t } = useTranslation();
  const { absence } = getFragmentData(AbsenceNote_movie, movie);
  return absence == null ? null : <p className={className}>{t(`movie.absences.${absence}`)}</p>;
}
