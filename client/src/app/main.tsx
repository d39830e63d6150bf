import '../ui/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startLanguage } from '../language/language.ts';
import { startDensity } from '../ui/density.ts';
import { startTheme } from '../ui/theme.ts';
import { fetchPageOf } from './first-page.ts';
import { registerServiceWorker } from './register-service-worker.ts';
import { Router } from './router.tsx';

const container = document.getElementById('app');
if (container === null) throw new Error('the page has no #app');

startTheme();
startDensity();
await Promise.all([startLanguage(), fetchPageOf(new URL(window.location.href))]);

createRoot(container).render(
  <StrictMode>
    <Router />
  </StrictMode>,
);
registerServiceWorker();
