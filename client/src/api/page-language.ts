/** The language of the page, which the viewer may have chosen. The server writes mail in it. */
export function pageLanguage(): string {
  return document.documentElement.lang || 'en';
}
