import i18next from 'i18next';
import english from '../locales/en.json' with { type: 'json' };

// Every page but the first one needs all messages. They come with the code of these pages.
i18next.addResourceBundle('en', 'translation', english);
