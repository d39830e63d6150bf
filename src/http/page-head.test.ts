import { describe, expect, it } from 'vitest';
import { withCanonical, withHead } from './page-head.ts';

const DOCUMENT = '<head><meta name="description" content="All films"><title>CineMatch</title></head><noscript>Nothing</noscript>';
const HEAD = { picture: undefined, canonical: undefined, type: 'website' as const };

describe('the head of a page', () => {
  it('is text, whatever characters it has', () => {
    const html = withHead(DOCUMENT, { ...HEAD, title: `"$&" <b>&amp;'`, description: 'Two\n"lines"', text: ['</noscript><script>'] });
    expect(html).toContain('<title>&quot;$&amp;&quot; &lt;b&gt;&amp;amp;&#39; · CineMatch</title>');
    expect(html).toContain('<meta name="description" content="Two\n&quot;lines&quot;">');
    expect(html).toContain('<p>&lt;/noscript&gt;&lt;script&gt;</p></noscript>');
    expect(html).not.toContain('All films');
  });

  it('is whole, in the words of Open Graph', () => {
    expect(withHead('<title>x</title>', { ...HEAD, type: 'video.movie', title: 'A', description: 'B', text: [] })).toBe(
      [
        '<title>A · CineMatch</title><meta name="description" content="B">',
        '<meta property="og:site_name" content="CineMatch"><meta property="og:type" content="video.movie">',
        '<meta property="og:title" content="A"><meta property="og:description" content="B">',
        '<meta name="twitter:card" content="summary">',
      ].join(''),
    );
  });

  it('names its address and its picture when there are any', () => {
    const known = { picture: 'https://films.example/p.jpg', canonical: 'https://films.example/movie/1' };
    const html = withHead(DOCUMENT, { ...HEAD, ...known, title: 'A', description: 'B', text: [] });
    expect(html).toContain('<link rel="canonical" href="https://films.example/movie/1">');
    expect(html).toContain('<meta property="og:url" content="https://films.example/movie/1">');
    expect(html).toContain('<meta property="og:image" content="https://films.example/p.jpg">');
    expect(withHead(DOCUMENT, { ...HEAD, title: 'A', description: 'B', text: [] })).not.toMatch(/canonical|og:image|og:url/);
  });

  it('ends with the one address of a page that has no head of its own', () => {
    expect(withCanonical(DOCUMENT, 'https://films.example/?a="b"&c')).toBe(
      DOCUMENT.replace('</head>', '<link rel="canonical" href="https://films.example/?a=&quot;b&quot;&amp;c"></head>'),
    );
  });
});
