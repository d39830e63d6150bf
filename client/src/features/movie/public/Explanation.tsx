import { useTranslation } from 'react-i18next';
import type { ExplanationKind } from '../../../generated/graphql.ts';
import { type FragmentType, getFragmentData, graphql } from '../../../generated/index.ts';
import { useFormats } from '../../../language/useFormats.ts';
import { useGenreName } from '../../../language/useGenreName.ts';

const Explanation_part = graphql(`
  fragment Explanation_part on ExplanationPart {
    kind
    subjects {
      id
      name
    }
  }
`);

/** What a movie has in common with the one that its list is about. */
const SHARED: readonly ExplanationKind[] = ['COLLECTION', 'PEOPLE', 'KEYWORDS', 'GENRES'];

interface Props {
  parts: readonly FragmentType<typeof Explanation_part>[];
  /** The recommended movie. A like of it is no reason for it. */
  movieId?: string;
  /** About another person than the reader. */
  ofAnother?: boolean;
}

/** Why a movie is recommended, in the reader's language: "Because you liked Alien · Sci-Fi · on Netflix". */
export function Explanation({ parts: given, movieId, ofAnother = false }: Props) {
  const { t, i18n } = useTranslation();
  const { list } = useFormats();
  const genreName = useGenreName();
  const known = getFragmentData(Explanation_part, given)
    .map((part) => (part.kind === 'LIKED' ? { ...part, subjects: part.subjects.filter(({ id }) => id !== movieId) } : part))
    .filter(({ kind, subjects }) => kind !== 'LIKED' || subjects.length > 0);
  // Similar movies are listed on the page of the movie that they are similar to. What they share says more.
  const telling = known.some(({ kind }) => SHARED.includes(kind)) ? known.filter(({ kind }) => kind !== 'SIMILAR') : known;
  const parts = telling.map(({ kind, subjects }) => {
    const names = list(subjects.map((subject) => (kind === 'GENRES' ? genreName(subject) : subject.name)));
    return kind === 'LIKED' && ofAnother ? t('explanation.LIKED_ANOTHER', { names }) : t(`explanation.${kind}`, { names });
  });
  const sentence = parts.join(' · ');
  return sentence.charAt(0).toLocaleUpperCase(i18n.language) + sentence.slice(1);
}
