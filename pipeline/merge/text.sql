CREATE MACRO decode_entity(entity) AS coalesce(
  CASE
    WHEN entity ILIKE '&#x%' THEN TRY(chr(('0x' || entity[4:-2])::INTEGER))
    WHEN entity LIKE '&#%' THEN TRY(chr(entity[3:-2]::INTEGER))
    ELSE MAP {
      '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': '''', '&nbsp;': ' ', '&hellip;': '…', '&ndash;': '–', '&mdash;': '—',
      '&lsquo;': '‘', '&rsquo;': '’', '&ldquo;': '“', '&rdquo;': '”', '&eacute;': 'é', '&egrave;': 'è', '&agrave;': 'à', '&ccedil;': 'ç',
      '&ouml;': 'ö', '&uuml;': 'ü', '&auml;': 'ä', '&szlig;': 'ß', '&ntilde;': 'ñ', '&oacute;': 'ó', '&iacute;': 'í', '&aacute;': 'á'
    }[entity]
  END,
  entity
);

CREATE MACRO decode_entities(value) AS CASE
  WHEN contains(value, '&') THEN list_reduce(
    list_sort(list_distinct(regexp_extract_all(value, '&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-zA-Z]{2,8});'))),
    lambda decoded, entity: replace(decoded, entity, decode_entity(entity)),
    value
  )
  ELSE value
END;

-- Removes only known HTML tags: "<Untitled>" and "a < b" are text.
CREATE MACRO strip_tags(value) AS CASE
  WHEN contains(value, '<') THEN regexp_replace(
    value, '(?i)</?(?:a|b|i|u|p|br|hr|em|strong|span|div|font|small|sup|sub|ul|ol|li|img|cite|blockquote|h[1-6])(?:\s[^<>]*)?/?>', ' ', 'g')
  ELSE value
END;

-- Removes invisible characters, except joiners, which Persian and Malayalam need. A run of blanks and controls becomes one space.
-- Most texts need no change, and a search costs much less than a replacement.
CREATE MACRO visible(value) AS CASE
  WHEN strlen(value) = length(value) THEN value
  ELSE regexp_replace(nfc_normalize(value), '[\x{AD}\x{200B}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2060}\x{FEFF}]', '', 'g')
END;
CREATE MACRO single_spaced(value) AS CASE
  WHEN regexp_matches(value, '[\x00-\x1F\x7F-\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}]|  ') THEN regexp_replace(value, '[\s\x00-\x1F\x7F-\x{9F}\p{Z}]+', ' ', 'g')
  ELSE value
END;

-- DuckDB expands a macro at every use of its parameter, so nested macros would compute the inner text dozens of times. A list of one
-- element, transformed step by step, computes each result once.
CREATE MACRO tidy_texts(texts) AS list_transform(
  list_transform(texts, lambda value: visible(value)), lambda value: nullif(trim(single_spaced(value)), ''));
CREATE MACRO tidy(value) AS tidy_texts([value])[1];

CREATE MACRO clean_text(value) AS tidy_texts(list_transform([decode_entities(value)], lambda decoded: strip_tags(decoded)))[1];

-- Expects clean text. Some records have the placeholder before a real text.
CREATE MACRO without_placeholder(value) AS CASE
  WHEN length(value) < 60 AND regexp_full_match(
    trim(value, ' .!-'),
    '(?i)|n/?a|none|null|nil|unknown|tb[acd]|coming soon|(?:overview|plot|synopsis|description) (?:coming soon|not available|unknown|tb[acd])'
      || '|no (?:overview|plot|synopsis|description|summary)(?: (?:is|was))?(?: (?:found|available|added|yet)){0,2}|add (?:an? |the )?(?:plot|overview)'
  ) THEN NULL
  WHEN starts_with(lower(value), 'no overview found.') THEN nullif(trim(value[19:]), '')
  ELSE value
END;

-- Cleans the whole text, which is much faster than item by item. Drops empty items.
CREATE MACRO clean_list(value) AS list_filter(
  list_transform(string_split(coalesce(clean_text(value), ''), '|'), lambda item: trim(item)), lambda item: item <> '');
CREATE MACRO first_of_each(items) AS list_filter(items, lambda item, index: list_position(items, item) = index);
CREATE MACRO joined(items) AS nullif(array_to_string(items, '|'), '');

CREATE MACRO number_or_null(value) AS CASE WHEN isfinite(TRY_CAST(value AS DOUBLE)) AND TRY_CAST(value AS DOUBLE) >= 0 THEN TRY_CAST(value AS DOUBLE) END;

-- A number that cannot be right is unknown, as a text is. The bounds are far above every real value, and fit the types that hold it.
CREATE MACRO number_up_to(value, most) AS CASE WHEN number_or_null(value) <= most THEN number_or_null(value) END;

CREATE MACRO year_of(date) AS TRY_CAST(regexp_extract(date, '^\s*(\d{4})\b', 1) AS INTEGER);

-- "Matrix, The" -> "The Matrix", "Librarian, The: The Curse" -> "The Librarian: The Curse". For TMDb's titles, where another language's
-- article at the end is an English word: "My Father, Die".
CREATE MACRO move_english_article(value) AS regexp_replace(value, '(?i)^(.*\S), (The|An?)(: .*)?$', '\2 \1\3');

-- For MovieLens' titles. Also moves "Dîner de cons, Le" -> "Le Dîner de cons", "Avventura, L'" -> "L'Avventura". Keeps "Die, Mommie, Die".
CREATE MACRO move_article(value) AS CASE
  WHEN starts_with(lower(value), lower(regexp_extract(value, ', ([^ ,]+)$', 1)) || ',') THEN value
  ELSE regexp_replace(
    regexp_replace(move_english_article(value),
      '(?i)^(.*\S), (Le|La|Les|El|Los|Las|Lo|Il|I|Gli|Un|Une|Una|Uno|Um|Uma|Os?|As|Der|Die|Das|Ein|Eine|De|Den|Det|Het|En|Ett|Et|Els)$', '\2 \1'),
    '(?i)^(.*\S), (L[''’])$', '\2\1')
END;

CREATE MACRO folded(value) AS lower(strip_accents(value));

-- "tt0114709", "0114709", "114709" and "114709.0" (from a spreadsheet) -> at least seven digits.
CREATE MACRO significant_digits(value) AS nullif(ltrim(regexp_extract(value, '^\s*(?:tt)?(\d+)(?:\.0)?\s*$', 1), '0'), '');
CREATE MACRO imdb_digits(value) AS CASE
  WHEN length(significant_digits(value)) < 7 THEN lpad(significant_digits(value), 7, '0')
  ELSE significant_digits(value)
END;
