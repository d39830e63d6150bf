import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isolated } from './language.ts';

interface Timed {
  year?: number | null | undefined;
  /** In minutes. */
  runtime?: number | null | undefined;
}

/** Codes that only TMDb uses: no language, and Cantonese. */
const TMDB_LANGUAGES: Record<string, string> = { xx: 'zxx', cn: 'yue' };

/** From the longest. A time is told in the longest unit of which it has at least two. */
const UNITS = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/** Numbers, runtimes and names in the page's language. */
export function useFormats() {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => {
    const number = new Intl.NumberFormat(language);
    const share = new Intl.NumberFormat(language, { maximumFractionDigits: 2, minimumFractionDigits: 2, signDisplay: 'exceptZero' });
    const rating = new Intl.NumberFormat(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
    const hours = new Intl.NumberFormat(language, { style: 'unit', unit: 'hour', unitDisplay: 'narrow' });
    const minutes = new Intl.NumberFormat(language, { style: 'unit', unit: 'minute', unitDisplay: 'narrow' });
    const list = new Intl.ListFormat(language);
    const languages = new Intl.DisplayNames([language], { type: 'language' });
    const regions = new Intl.DisplayNames([language], { type: 'region' });
    const runtime = (total: number): string => {
      const parts = [hours.format(Math.floor(total / 60)), minutes.format(total % 60)];
      return (total < 60 ? parts.slice(1) : total % 60 === 0 ? parts.slice(0, 1) : parts).join(' ');
    };
    const duration = (total: number): string => {
      const { unit, seconds } = UNITS.find((each) => total >= 2 * each.seconds) ?? UNITS[3];
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(
        total / seconds,
      );
    };
    const size = (megabytes: number): string => {
      const [unit, value] = megabytes < 1_024 ? ['megabyte', megabytes] : ['gigabyte', megabytes / 1_024];
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value);
    };
    return {
      /** "1.5 GB", of a number of megabytes. */
      size,
      /** "3 days", of a number of seconds. */
      duration,
      number: (value: number): string => number.format(value),
      /** Signed, with two decimals. */
      share: (value: number): string => share.format(value),
      rating: (value: number): string => rating.format(value),
      /** "1979 · 1h 57m" and more parts. Unknown parts are left out. */
      facts: ({ year, runtime: length }: Timed, ...more: (string | null | undefined)[]): string =>
        [year, length == null ? null : runtime(length), ...more.map((fact) => (fact == null ? null : isolated(fact)))]
          .filter((fact) => fact != null)
          .join(' · '),
      list: (items: readonly string[]): string => list.format(items.map(isolated)),
      language: (tag: string): string => languages.of(TMDB_LANGUAGES[tag] ?? tag) ?? tag,
      /** Of an ISO 3166-1 code. */
      region: (code: string): string => (/^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code),
    };
  }, [language]);
}
