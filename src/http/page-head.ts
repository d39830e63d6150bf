/** What the document of one page says of it, for whoever reads it without JavaScript: search engines, messengers, people. */
export interface PageHead {
  title: string;
  description: string;
  /** The picture of a preview. An address with its host, or undefined. */
  picture: string | undefined;
  /** The address of the page with its host; undefined when the host is not known. */
  canonical: string | undefined;
  /** schema.org's name of the thing that the page is about, in the words of Open Graph. */
  type: 'video.movie' | 'website';
  /** Paragraphs that stand for the page where there is no JavaScript. */
  text: readonly string[];
}

const TITLE = /<title>[^<]*<\/title>/;
const DESCRIPTION = /<meta name="description"[^>]*>/;
const NOSCRIPT = /<noscript>[\s\S]*?<\/noscript>/;

/** The document of the build with the head of one page. */
export function withHead(document: string, { title, description, picture, canonical, type, text }: PageHead): string {
  const tags = [
    metaOf('name', 'description', description),
    metaOf('property', 'og:site_name', 'CineMatch'),
    metaOf('property', 'og:type', type),
    metaOf('property', 'og:title', title),
    metaOf('property', 'og:description', description),
    ...(canonical === undefined ? [] : [metaOf('property', 'og:url', canonical), `<link rel="canonical" href="${escaped(canonical)}">`]),
    ...(picture === undefined ? [] : [metaOf('property', 'og:image', picture)]),
    metaOf('name', 'twitter:card', 'summary'),
  ];
  const paragraphs = text.map((line) => `<p>${escaped(line)}</p>`).join('');
  // Functions: in a replacement text, "$&" of a film's title would be a command.
  return document
    .replace(DESCRIPTION, '')
    .replace(TITLE, () => `<title>${escaped(title)} · CineMatch</title>${tags.join('')}`)
    .replace(NOSCRIPT, () => `<noscript><h1>${escaped(title)}</h1>${paragraphs}</noscript>`);
}

/** The document of the build with the one address of its page: the query of an address makes no other page. */
export function withCanonical(document: string, address: string): string {
  return document.replace('</head>', () => `<link rel="canonical" href="${escaped(address)}"></head>`);
}

function metaOf(kind: 'name' | 'property', name: string, content: string): string {
  return `<meta ${kind}="${name}" content="${escaped(content)}">`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
