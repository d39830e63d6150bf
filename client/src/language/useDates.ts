import { useTranslation } from 'react-i18next';
import { dayText } from './day-text.ts';

/** Dates and times in the page's language. */
export function useDates(): { day(moment: string): string; dayAndTime(moment: string): string } {
  const { i18n } = useTranslation();
  return {
    day: (moment) => dayText(i18n.language, moment),
    dayAndTime: (moment) => new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment)),
  };
}
