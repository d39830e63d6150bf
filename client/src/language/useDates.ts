import { useTranslation } from 'react-i18next';

/** Dates and times in the page's language. */
export function useDates(): { day(moment: string): string; dayAndTime(moment: string): string } {
  const { i18n } = useTranslation();
  const format = (moment: string, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(i18n.language, options).format(new Date(moment));
  return {
    // Midnight UTC stands for a day without a time, which is the same day in every time zone.
    day: (moment) => format(moment, { dateStyle: 'medium', ...(/T00:00:00(?:\.000)?Z$/.test(moment) ? { timeZone: 'UTC' } : {}) }),
    dayAndTime: (moment) => format(moment, { dateStyle: 'medium', timeStyle: 'short' }),
  };
}
