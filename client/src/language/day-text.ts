/** A day in words. Midnight UTC stands for a day without a time, which is the same day in every time zone. */
export function dayText(language: string, moment: string): string {
  const isDay = /T00:00:00(?:\.000)?Z$/.test(moment);
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', ...(isDay && { timeZone: 'UTC' }) }).format(new Date(moment));
}
