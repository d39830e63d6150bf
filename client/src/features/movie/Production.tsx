import { useTranslation } from 'react-i18next';
import { type FragmentType, getFragmentData, graphql } from '../../generated/index.ts';
import { useFormats } from '../../language/useFormats.ts';
import { Fact } from './Fact.tsx';

const Production_movie = graphql(`
  fragment Production_movie on Movie {
    id
    title
    originalTitle
    originalLanguage
    spokenLanguages
    countries
    companies
  }
`);

/** Where a movie comes from: its names, languages, countries and companies. */
export function Production({ movie: given }: { movie: FragmentType<typeof Production_movie> }) {
  const { t } = useTranslation();
  const { language, region } = useFormats();
  const movie = getFragmentData(Production_movie, given);
  const { originalTitle, originalLanguage } = movie;
  const spoken = movie.spokenLanguages.filter((tag) => tag !== originalLanguage);
  return (
    <>
      <Fact name={t('movie.originalTitle')} values={originalTitle == null || originalTitle === movie.title ? [] : [originalTitle]} />
      <Fact name={t('movie.language')} values={originalLanguage == null ? [] : [language(originalLanguage)]} />
      <Fact name={t('movie.spoken')} values={spoken.map(language)} />
      <Fact name={t('movie.countries')} values={movie.countries.map(region)} />
      <Fact name={t('movie.companies')} values={movie.companies} />
    </>
  );
}
