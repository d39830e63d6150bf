/** The languages that messages are written in: those of the web app. */
export const NEWS_LANGUAGES = ['en', 'ar', 'de', 'es', 'fr', 'he', 'ja', 'pt'] as const;
export type NewsLanguage = (typeof NEWS_LANGUAGES)[number];

/** The language of this tag, as `pt` for `pt-BR`; English for others. */
export function newsLanguage(tag: string): NewsLanguage {
  const wanted = tag.slice(0, 2).toLowerCase();
  return NEWS_LANGUAGES.find((known) => known === wanted && /^[a-z]{2}(-|$)/i.test(tag)) ?? 'en';
}
