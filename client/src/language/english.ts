import i18next from 'i18next';
import main from '../locales/en.json?main';

// Every page but the first one needs these. They come with the code of these pages.
i18next.addResourceBundle('en', 'translation', main, true, true);
