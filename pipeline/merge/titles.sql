-- For comparing titles only: removes case, accents and special letters ("Ri¢hie Ri¢h", "Łódź", "Smørrebrød").
CREATE MACRO plain_title(value) AS
  replace(replace(replace(translate(folded(value), '¢$øłđðı', 'csolddi'), '&', ' and '), 'ß', 'ss'), 'æ', 'ae');

-- The significant words of a title: no single letters, numerals or very common words.
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

-- At most every fourth letter differs: "Nostalghia" and "Nostalgia", two transliterations of a Tamil title.
CREATE MACRO nearly_equal(one, other) AS 4 * levenshtein(one, other) <= greatest(length(one), length(other));

-- Two titles may belong to one movie when they share a significant word or have nearly the same letters.
CREATE MACRO titles_alike(one, other) AS
  list_has_any(title_words(one), title_words(other)) OR nearly_equal(run_together(one), run_together(other));
