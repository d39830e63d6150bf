-- For comparing titles only: case, accents and the letters that accents do not explain ("Ri¢hie Ri¢h", "Łódź", "Smørrebrød") are gone.
CREATE MACRO plain_title(value) AS
  replace(replace(replace(translate(folded(value), '¢$øłđðı', 'csolddi'), '&', ' and '), 'ß', 'ss'), 'æ', 'ae');

-- The words by which a title can be known: not a letter, a numeral or what stands in every other title.
CREATE MACRO title_words(value) AS list_filter(
  regexp_extract_all(plain_title(value), '[\p{L}\p{M}\p{N}]{3,}'),
  lambda word: word NOT IN (
    'the', 'and', 'for', 'from', 'with', 'into', 'you', 'your', 'her', 'his', 'our', 'not', 'iii', 'part', 'film', 'movie', 'les', 'des', 'une',
    'sur', 'pour', 'avec', 'los', 'las', 'del', 'una', 'uno', 'con', 'por', 'para', 'gli', 'dei', 'der', 'die', 'das', 'dem', 'den', 'ein', 'eine', 'und', 'mit', 'het', 'een'
  )
);

-- "MouseHunt" and "Mouse Hunt", "M*A*S*H" and "MASH", "The Her" and "Her".
CREATE MACRO run_together(value) AS regexp_replace(
  regexp_replace(move_english_article(plain_title(value)), '^(?:the|an?) ', ''), '[^\p{L}\p{M}\p{N}]+', '', 'g');

-- At most every fourth letter differs: "Nostalghia" and "Nostalgia", two ways to write a Tamil title in our letters.
CREATE MACRO nearly_equal(one, other) AS 4 * levenshtein(one, other) <= greatest(length(one), length(other));

-- Two titles may be one film's when they share a word or are nearly the same letters.
CREATE MACRO titles_alike(one, other) AS
  list_has_any(title_words(one), title_words(other)) OR nearly_equal(run_together(one), run_together(other));
