import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './playground.css';
import { GraphiQL, type GraphiQLProps } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { BASE_PATH } from '../src/api/base-path.ts';

const examples = import.meta.glob<string>('./examples/*.graphql', { query: '?raw', import: 'default', eager: true });

const fetcher: GraphiQLProps['fetcher'] = async (operation, options) => {
  const response = await fetch(`${BASE_PATH}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...options?.headers },
    body: JSON.stringify(operation),
  });
  return response.json();
};

const container = document.getElementById('playground');
if (container === null) throw new Error('the page has no #playground');

createRoot(container).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={Object.keys(examples)
      .sort()
      .map((path) => ({ query: examples[path] }))}
    defaultEditorToolsVisibility={false}
  />,
);
