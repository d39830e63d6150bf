import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button.tsx';
import { chooseTheme, chosenTheme, THEMES } from './theme.ts';

const ICONS = { system: Monitor, light: Sun, dark: Moon };

/** Switches between system, light and dark. */
export function ThemeToggle() {
  const { t } = useTranslation();
  const [theme, setTheme] = useState(chosenTheme);
  const Icon = ICONS[theme];
  return (
    <IconButton
      label={t(`theme.${theme}`)}
      onClick={() => {
        const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
        chooseTheme(next);
        setTheme(next);
      }}
    >
      <Icon aria-hidden />
    </IconButton>
  );
}
