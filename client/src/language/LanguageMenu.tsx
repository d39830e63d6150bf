import { Globe } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './LanguageMenu.module.css';
import { chooseLanguage, LANGUAGES, languageName } from './language.ts';

export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  return (
    <label className={styles.menu} title={t('language')}>
      <Globe aria-hidden size={20} />
      <span className="visually-hidden">{t('language')}</span>
      <select value={i18n.language} onChange={(event) => void chooseLanguage(event.target.value)}>
        {LANGUAGES.map((tag) => (
          <option key={tag} value={tag} lang={tag}>
            {languageName(tag)}
          </option>
        ))}
      </select>
    </label>
  );
}
