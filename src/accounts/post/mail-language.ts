/** The languages that mail is written in. English is the first. */
export const MAIL_LANGUAGES = ['en', 'ar'] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

const MAX_HEADER = 500;

/** The language that a request prefers, from its Accept-Language: the web app sends the language of its page. */
export function mailLanguage(acceptLanguage: string | null | undefined): MailLanguage {
  const wanted = (acceptLanguage ?? '')
    .slice(0, MAX_HEADER)
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return { language: tag.toLowerCase().split('-', 1)[0], weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
    })
    .sort((a, b) => b.weight - a.weight);
  for (const { language, weight } of wanted) {
    const known = MAIL_LANGUAGES.find((name) => name === language);
    if (known !== undefined && weight > 0) return known;
  }
  return 'en';
}
