import i18next from 'i18next';
import settings from '../locales/en.json?settings';

// A page that shows any of these messages imports this file. They are a third of all.
i18next.addResourceBundle('en', 'translation', settings, true, true);
