import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type english from '../locales/en.json';
import first from '../locales/en.json?first';

type Messages = typeof english;

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Messages };
  }
}

/** One file for each language, named by its tag. English is always there, as a fallback for missing messages. */
const files = import.meta.glob<Messages>(['../locales/*.json', '!../locales/en.json'], { import: 'default' });
const KEY = 'language';

export const LANGUAGES: readonly string[] = ['en', ...Object.keys(files).map(tagOf)].sort();

/** The name of a language in that language. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: first } },
    lng: 'en',
    fallbackLng: 'en',
    interpolation: { escape: isolated },
  });
  await applyLanguage(chosenLanguage());
}

export async function chooseLanguage(tag: string): Promise<void> {
  localStorage.setItem(KEY, tag);
  await applyLanguage(tag);
}

/** The stored choice, else the first of the browser's languages that has a file. */
function chosenLanguage(): string {
  const wanted = [localStorage.getItem(KEY) ?? '', ...navigator.languages].map((tag) => tag.split('-')[0]);
  return wanted.find((tag) => LANGUAGES.includes(tag)) ?? 'en';
}

/** Isolates a title in right-to-left text, so that its brackets and points stay in place. React escapes the text. */
export function isolated(text: string): string {
  return i18next.dir() === 'rtl' ? `\u2068${text}\u2069` : text;
}

async function applyLanguage(tag: string): Promise<void> {
  const load = files[`../locales/${tag}.json`];
  if (load !== undefined && !i18next.hasResourceBundle(tag, 'translation')) i18next.addResourceBundle(tag, 'translation', await load());
  await i18next.changeLanguage(tag);
  document.documentElement.lang = tag;
  document.documentElement.dir = i18next.dir(tag);
}

function tagOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
}
