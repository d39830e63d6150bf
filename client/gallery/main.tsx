import '../src/ui/page.css';
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router';
import { LanguageMenu } from '../src/language/LanguageMenu.tsx';
import { startLanguage } from '../src/language/language.ts';
import { ThemeToggle } from '../src/ui/ThemeToggle.tsx';
import { ToastProvider } from '../src/ui/Toast.tsx';
import { startTheme } from '../src/ui/theme.ts';
import styles from './gallery.module.css';
import { SECTIONS } from './sections.tsx';

// Every component of client/src/ui in its states. `npm run dev` serves it at /gallery/; the build leaves it out.
const container = document.getElementById('gallery');
if (container === null) throw new Error('the page has no #gallery');

startTheme();
await startLanguage();

createRoot(container).render(
  <MemoryRouter>
    <ToastProvider>
      <main className={styles.gallery}>
        <header className={styles.head}>
          <h1>Components</h1>
          <LanguageMenu />
          <ThemeToggle />
        </header>
        {Object.entries(SECTIONS).map(([name, Section]) => (
          <section key={name} aria-labelledby={name} className={styles.section}>
            <h2 id={name}>{name}</h2>
            <div className={styles.states}>
              <Section />
            </div>
          </section>
        ))}
      </main>
    </ToastProvider>
  </MemoryRouter>,
);
