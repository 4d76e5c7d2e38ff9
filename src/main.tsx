import { createRoot } from 'react-dom/client';
import { App } from './app';
import { mendLanguage } from './features/shell/language';

mendLanguage(navigator);
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App />);
