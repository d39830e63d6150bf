import type { NewsLanguage } from './news-language.ts';

/** What the service worker of the web app shows. */
export interface NewsMessage {
  title: string;
  body: string;
  lang: NewsLanguage;
  dir: 'ltr' | 'rtl';
}

/** Titles of the films that came to the viewer's services, and of those that left all of them. */
export interface WatchlistNews {
  arrived: readonly string[];
  left: readonly string[];
}

/** Titles that a message names of each kind. The others are counted. */
const MAX_NAMED = 3;
const MAX_TITLE_LENGTH = 40;
const RIGHT_TO_LEFT: readonly NewsLanguage[] = ['ar', 'he'];

const HEADINGS: Readonly<Record<NewsLanguage, { [Kind in keyof WatchlistNews]: string }>> = {
  en: { arrived: 'New on your services', left: 'No longer on your services' },
  ar: { arrived: 'جديد على خدماتك', left: 'لم تعد على خدماتك' },
  de: { arrived: 'Neu bei deinen Diensten', left: 'Nicht mehr bei deinen Diensten' },
  es: { arrived: 'Nuevo en tus servicios', left: 'Ya no está en tus servicios' },
  fr: { arrived: 'Nouveau sur vos services', left: 'N’est plus sur vos services' },
  he: { arrived: 'חדש בשירותים שלכם', left: 'כבר לא בשירותים שלכם' },
  ja: { arrived: '利用中のサービスの新着', left: '利用中のサービスで配信終了' },
  pt: { arrived: 'Novo nos seus serviços', left: 'Não está mais nos seus serviços' },
};

/** The words of a message: counts and titles of films, nothing else. Undefined when there is no news. */
export function newsMessage({ arrived, left }: WatchlistNews, lang: NewsLanguage): NewsMessage | undefined {
  const dir = RIGHT_TO_LEFT.includes(lang) ? 'rtl' : 'ltr';
  const numbers = new Intl.NumberFormat(lang);
  const headed = (kind: keyof WatchlistNews, { length }: readonly string[]): string =>
    `${HEADINGS[lang][kind]} (${numbers.format(length)})`;
  if (arrived.length === 0)
    return left.length === 0 ? undefined : { title: headed('left', left), body: namesOf(left, lang, dir), lang, dir };
  const gone = left.length === 0 ? '' : `\n${headed('left', left)}: ${namesOf(left, lang, dir)}`;
  return { title: headed('arrived', arrived), body: namesOf(arrived, lang, dir) + gone, lang, dir };
}

/** "Alien, Heat, The Matrix, +2" */
function namesOf(titles: readonly string[], lang: NewsLanguage, dir: NewsMessage['dir']): string {
  const names = titles.slice(0, MAX_NAMED).map(shortened);
  const isolated = dir === 'rtl' ? names.map((name) => `\u2068${name}\u2069`) : names;
  const others = titles.length - names.length;
  const separator = lang === 'ja' ? '、' : lang === 'ar' ? '، ' : ', ';
  return [...isolated, ...(others === 0 ? [] : [`+${new Intl.NumberFormat(lang).format(others)}`])].join(separator);
}

function shortened(title: string): string {
  const letters = [...title];
  return letters.length <= MAX_TITLE_LENGTH ? title : `${letters.slice(0, MAX_TITLE_LENGTH - 1).join('')}…`;
}
