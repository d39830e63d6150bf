import '../ui/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { fetchPageOf } from './first-page.ts';
import { startLanguage } from '../language/language.ts';
import { Router } from './router.tsx';
import { startTheme } from '../ui/theme.ts';

const container = document.getElementById('app');
if (container === null) throw new Error('the page has no #app');

startTheme();
await Promise.all([startLanguage(), fetchPageOf(new URL(window.location.href))]);

createRoot(container).render(
  <StrictMode>
    <Router />
  </StrictMode>,
);
