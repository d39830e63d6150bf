import { describe, expect, it } from 'vitest';
import { TestBrowser } from '../../../test/real-servers/push-service.ts';
import { encryptMessage } from '../../web-push/encrypt-message.ts';
import { NEWS_LANGUAGES } from './news-language.ts';
import { newsMessage } from './news-message.ts';

describe('a message about the watchlist', () => {
  it('names three films and counts the others', () => {
    expect(newsMessage({ arrived: ['Alien'], left: [] }, 'en')).toEqual({
      title: 'New on your services (1)',
      body: 'Alien',
      lang: 'en',
      dir: 'ltr',
    });
    expect(newsMessage({ arrived: ['Alien', 'Heat', 'Ran'], left: [] }, 'de')).toMatchObject({ body: 'Alien, Heat, Ran' });
    expect(newsMessage({ arrived: ['Alien', 'Heat', 'Ran', 'Up', 'Jaws'], left: [] }, 'ja')).toMatchObject({
      title: '利用中のサービスの新着 (5)',
      body: 'Alien、Heat、Ran、+2',
    });
  });

  it('tells what left, alone or below what came', () => {
    expect(newsMessage({ arrived: [], left: ['Ran'] }, 'en')).toMatchObject({ title: 'No longer on your services (1)', body: 'Ran' });
    expect(newsMessage({ arrived: ['Alien'], left: ['Ran', 'Up'] }, 'en')).toMatchObject({
      title: 'New on your services (1)',
      body: 'Alien\nNo longer on your services (2): Ran, Up',
    });
    expect(newsMessage({ arrived: [], left: [] }, 'en')).toBeUndefined();
  });

  it('isolates titles in text that runs to the left', () => {
    expect(newsMessage({ arrived: ['Alien', 'Heat'], left: [] }, 'ar')).toMatchObject({
      body: '\u2068Alien\u2069، \u2068Heat\u2069',
      lang: 'ar',
      dir: 'rtl',
    });
  });

  it.each(NEWS_LANGUAGES)('fits into a push message in %s, whatever the titles', (language) => {
    const titles = Array(5_000).fill('𠮷'.repeat(200));
    const message = newsMessage({ arrived: titles, left: titles }, language);
    expect(message?.body).toContain(`${'𠮷'.repeat(39)}…`);
    expect(() => encryptMessage(JSON.stringify(message), new TestBrowser().subscription('https://x.example/'))).not.toThrow();
  });
});
