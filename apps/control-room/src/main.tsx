import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.js';
import { followUpdates } from './app/newVersion.js';
import { loadWords } from './i18n/index.js';
import './theme/base.css';
import { startTheme } from './theme/theme.js';

startTheme();
followUpdates();
await loadWords();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
