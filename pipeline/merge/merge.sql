-- Raw tables -> merged, one row per kept movie. A dropped movie counts under its first reason, in the order of the steps.

-- "Das Leben der Anderen (2006)", "Death Note (2006–2007)", '"Foo (1999)"': splits the year from the title.
CREATE TEMP TABLE movielens AS
WITH cleaned AS (
  SELECT movieId, clean_text(title) AS title, genres, rowid AS position FROM raw_movies WHERE movieId IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY movieId ORDER BY rowid) = 1
),
dated AS (
  SELECT *,
    TRY_CAST(regexp_extract(title, '\((\d{4})(?:\s?[-–—]\s?(?:\d{4})?)?\)"?$', 1) AS INTEGER) AS year,
    tidy(regexp_replace(title, '\s*\(\d{4}(?:\s?[-–—]\s?(?:\d{4})?)?\)("?)$', '\1')) AS undated
  FROM cleaned
),
unquoted AS (
  SELECT * REPLACE (CASE WHEN regexp_full_match(undated, '"[^"]+"') THEN undated[2:-2] ELSE coalesce(undated, title) END AS undated) FROM dated
),
-- Groups in parentheses at the end are other titles of the movie, unless the title consists of nothing else.
grouped AS (
  SELECT *, regexp_extract(undated, '^.*?\S((?:\s+\((?:[^()]|\([^()]*\))*\))*)$', 1) AS variants FROM unquoted
)
SELECT movieId, year, genres,
  move_article(tidy(left(undated, length(undated) - length(variants)))) AS title,
  list_transform(
    regexp_extract_all(variants, '\(((?:[^()]|\([^()]*\))*)\)', 1),
    lambda variant: move_article(tidy(regexp_replace(variant, '(?i)^(?:a\.?\s?k\.?\s?a\.?|also known as)[:\s]+', '')))
  ) AS variants
FROM grouped;

CREATE TEMP TABLE links AS
SELECT movieId,
  CASE WHEN TRY_CAST(tmdbId AS DOUBLE) BETWEEN 1 AND 2147483647 THEN TRY_CAST(tmdbId AS DOUBLE)::INTEGER END AS tmdbId,
  imdb_digits(imdbId) AS imdbId
FROM raw_links WHERE movieId IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY movieId ORDER BY rowid) = 1;

-- Movies of TMDb that the data set does not have, neither by TMDb's id nor by IMDb's. Their movieId is TMDb's id below 0.
CREATE TEMP TABLE new_movies AS
WITH linked AS (SELECT tmdbId, imdbId FROM links SEMI JOIN movielens USING (movieId))
SELECT DISTINCT -tmdb_id AS movieId, tmdb_id AS tmdbId FROM raw_tmdb
WHERE source = 2 AND tmdb_id IS NOT NULL
  AND tmdb_id NOT IN (SELECT tmdbId FROM linked WHERE tmdbId IS NOT NULL)
  AND coalesce(imdb_digits(imdb_id) NOT IN (SELECT imdbId FROM linked WHERE imdbId IS NOT NULL), true);
INSERT INTO movielens BY NAME SELECT movieId, []::VARCHAR[] AS variants FROM new_movies;
INSERT INTO links BY NAME SELECT movieId, tmdbId FROM new_movies;

-- One record per TMDb id: the one fetched last, then with an overview, then with the most votes, then the first.
CREATE TEMP TABLE tmdb AS
SELECT * EXCLUDE tidyOverview, without_placeholder(tidyOverview) AS cleanOverview
FROM (SELECT *, clean_text(overview) AS tidyOverview, rowid FROM raw_tmdb WHERE tmdb_id IS NOT NULL)
QUALIFY row_number() OVER (PARTITION BY tmdb_id ORDER BY source = 0, overview IS NULL, number_or_null(vote_count) DESC NULLS LAST, rowid) = 1;

CREATE TEMP TABLE spelled_genres AS
WITH lists AS (
  SELECT movieId, 'tmdb' AS source, clean_list(tmdb.genres) AS genres FROM links JOIN tmdb ON tmdb.tmdb_id = links.tmdbId
  UNION ALL
  SELECT movieId, 'movielens', clean_list(genres) FROM movielens
),
written AS (SELECT movieId, source, unnest(genres) AS genre, generate_subscripts(genres, 1) AS position FROM lists),
spelled AS (
  -- An unknown genre keeps its words, each capitalised.
  SELECT *, lower(regexp_replace(genre, '[\s_-]+', ' ', 'g')) AS spelling,
    array_to_string(list_transform(string_split(genre, ' '), lambda word: upper(word[1]) || lower(word[2:])), ' ') AS titleCase
  FROM written
)
-- One spelling may mean two genres. They keep the order of genres.json.
SELECT movieId, source, position + coalesce(rank, 0) / 1000 AS position, CASE WHEN genre_spellings.spelling IS NULL THEN titleCase ELSE genre_spellings.genre END AS genre
FROM spelled LEFT JOIN genre_spellings ON genre_spellings.spelling = spelled.spelling
WHERE genre_spellings.spelling IS NULL OR genre_spellings.genre IS NOT NULL;

-- TMDb numbers movies and series separately, and some records of the file mix the movie and the series of one number.
-- Mixed records have no imdb_id. Fields that are empty for the movie come from the series: always title, genres, language and poster,
-- and without a release date also overview and votes. The origin of a record is
--   'whole'    all fields belong to the movie. Its imdb_id is that of MovieLens, or its year does not contradict. Without an imdb_id:
--              MovieLens has its title or two of its genres, and none of its genres is for series only.
--   'mixed'    otherwise, with the year of the movie: date, overview, cast, votes and runtime belong to the movie.
--   'undated'  otherwise, without a year to compare: only the runtime belongs to the movie.
--   'foreign'  otherwise, with another year: all fields belong to another work.
CREATE TEMP TABLE origins AS
WITH compared AS MATERIALIZED (
  SELECT movieId, imdb_digits(tmdb.imdb_id) AS recordImdbId, links.imdbId, tmdb.title, tmdb.genres,
    movielens.title AS movielensTitle, variants,
    abs(year_of(tmdb.release_date) - movielens.year) <= 1 AS sameYear
  FROM movielens JOIN links USING (movieId) JOIN tmdb ON tmdb.tmdb_id = links.tmdbId
),
numberless AS MATERIALIZED (
  -- No title when MovieLens has none to compare.
  SELECT movieId, sameYear, CASE WHEN movielensTitle IS NOT NULL THEN clean_text(title) END AS title, genres,
    list_prepend(movielensTitle, variants) AS movielensTitles
  -- The record of a new movie is all that is known about it.
  FROM compared WHERE recordImdbId IS NULL AND movieId > 0
),
titled AS MATERIALIZED (
  SELECT movieId, title, unnest(movielensTitles) AS movielensTitle FROM numberless WHERE title IS NOT NULL
),
known AS (
  SELECT movieId FROM titled WHERE titles_alike(movielensTitle, title)
  UNION
  SELECT movieId FROM (SELECT movieId, genre FROM spelled_genres SEMI JOIN numberless USING (movieId) GROUP BY ALL HAVING count(DISTINCT source) = 2)
  GROUP BY movieId HAVING count(*) >= 2
),
series AS (
  SELECT movieId FROM numberless
  WHERE list_has_any(
    clean_list(lower(genres)), ['action & adventure', 'kids', 'news', 'reality', 'sci-fi & fantasy', 'soap', 'talk', 'war & politics'])
),
doubtful AS (
  SELECT movieId, CASE WHEN sameYear THEN 'mixed' WHEN sameYear IS NULL THEN 'undated' ELSE 'foreign' END AS origin FROM numberless
  WHERE movieId IN (FROM series) OR (title IS NOT NULL AND movieId NOT IN (FROM known))
  UNION ALL
  SELECT movieId, 'foreign' FROM compared WHERE recordImdbId <> imdbId AND NOT sameYear
)
SELECT movieId, coalesce(origin, 'whole') AS origin FROM compared LEFT JOIN doubtful USING (movieId);

-- The fields of each record that belong to the movie.
CREATE TEMP TABLE records AS
SELECT movieId,
  CASE WHEN origin = 'whole' THEN COLUMNS(['imdb_id', 'title', 'original_language', 'keywords', 'director', 'certification', 'poster_path', 'original_title', 'alternative_titles', 'collection', 'status', 'production_countries', 'production_companies', 'spoken_languages', 'trailer_key', 'people', 'adult']) END,
  CASE WHEN origin IN ('whole', 'mixed') THEN COLUMNS(['release_date', 'cleanOverview', 'cast_top', 'popularity', 'vote_average', 'vote_count']) END,
  CASE WHEN origin <> 'foreign' THEN runtime END AS runtime
FROM origins JOIN links USING (movieId) JOIN tmdb ON tmdb.tmdb_id = links.tmdbId;

-- TMDb's genres if there are any, else MovieLens'. Only MovieLens has Film-Noir, so it is always added.
CREATE TEMP TABLE genres AS
WITH first_places AS (
  SELECT movieId, source, genre, min(position) AS position FROM spelled_genres LEFT JOIN origins USING (movieId)
  WHERE source = 'movielens' OR origin = 'whole'
  GROUP BY ALL
),
preferred AS (SELECT movieId, bool_or(source = 'tmdb') AS hasTmdb FROM first_places GROUP BY movieId),
chosen AS (
  SELECT movieId, genre, min_by(position, source = 'movielens') AS position, bool_and(source = 'movielens') AS added FROM first_places JOIN preferred USING (movieId)
  WHERE hasTmdb = (source = 'tmdb') OR genre = 'Film-Noir'
  GROUP BY movieId, genre
)
SELECT movieId, string_agg(genre, '|' ORDER BY added, position, genre) AS genres FROM chosen GROUP BY movieId;

-- What availability.csv says about a region wins over providers.csv, which lists subscriptions. A service has the newest name of its number.
CREATE TEMP TABLE offers AS
WITH names AS (
  SELECT provider_id, arg_max(service, coalesce(left_at, since, '')) AS service FROM raw_availability
  WHERE provider_id IS NOT NULL AND service IS NOT NULL GROUP BY provider_id
),
listed AS (
  SELECT movieId, region, 'subscription' AS kind, 0 AS providerId, clean_text(service) AS service, NULL AS since, NULL AS leftAt
  FROM raw_providers
  WHERE region NOT IN (SELECT region FROM raw_availability WHERE region IS NOT NULL)
  UNION ALL
  SELECT movieId, region, kind, provider_id, names.service, since, left_at
  FROM raw_availability JOIN links ON links.tmdbId = raw_availability.tmdb_id JOIN names USING (provider_id)
)
SELECT movieId, region, kind, providerId, replace(service, '|', '/') AS service, since, leftAt FROM listed
WHERE movieId IS NOT NULL AND service IS NOT NULL AND regexp_full_match(region, '[A-Z]{2}')
  AND kind IN ('subscription', 'free', 'ads', 'rent', 'buy')
  AND ($regions = 'all' OR region = upper($region) OR list_contains(string_split($regions, ','), region))
-- An offer that ended and began again is told once.
QUALIFY row_number() OVER (PARTITION BY movieId, region, kind, service ORDER BY leftAt IS NOT NULL, coalesce(leftAt, since, '') DESC) = 1;

-- What the owner has is a service as any other, in every region.
CREATE TEMP TABLE owned AS
SELECT DISTINCT links.movieId FROM links LEFT JOIN tmdb ON tmdb.tmdb_id = links.tmdbId
WHERE links.tmdbId IN (SELECT tmdb_id FROM raw_mine WHERE tmdb_id IS NOT NULL)
  OR coalesce(imdb_digits(tmdb.imdb_id), links.imdbId) IN (SELECT imdb_digits(imdb_id) FROM raw_mine WHERE imdb_digits(imdb_id) IS NOT NULL);

CREATE TEMP TABLE services AS
WITH subscribed AS (
  SELECT movieId, service FROM offers WHERE region = upper($region) AND kind = 'subscription' AND leftAt IS NULL
  UNION SELECT movieId, 'Mine' FROM owned
),
names AS (SELECT movieId, string_agg(service, '|' ORDER BY service) AS services FROM subscribed GROUP BY movieId),
told AS (SELECT movieId,
  string_agg(concat_ws(':', region, kind, providerId, coalesce(since, ''), coalesce(leftAt, ''), service), '|' ORDER BY region, kind, service) AS offers
FROM offers
GROUP BY movieId)
SELECT movieId, services, offers FROM names FULL JOIN told USING (movieId);

CREATE TEMP TABLE joined_movies AS
SELECT
  movielens.movieId,
  coalesce(imdb_digits(records.imdb_id), links.imdbId) AS imdbId,
  links.tmdbId,
  coalesce(move_english_article(clean_text(records.title)), movielens.title) AS title,
  list_concat(
    list_prepend(movielens.title, movielens.variants),
    list_prepend(move_english_article(clean_text(records.original_title)), clean_list(records.alternative_titles))) AS otherTitles,
  replace(clean_text(records.collection), '|', '/') AS collection,
  coalesce(year_of(records.release_date), movielens.year) AS year,
  CASE WHEN number_up_to(records.runtime, 1000) >= 1 THEN round(number_or_null(records.runtime))::INTEGER END AS knownRuntime,
  records.cleanOverview AS overview,
  genres.genres,
  joined(first_of_each(list_transform(clean_list(records.keywords), lambda keyword: lower(keyword)))) AS keywords,
  joined(first_of_each(clean_list(records.director))) AS directors,
  joined(first_of_each(clean_list(records.cast_top))) AS cast,
  languages.code AS originalLanguage,
  clean_text(records.certification) AS certification,
  clean_text(records.original_title) AS originalTitle,
  clean_text(records.status) AS status,
  joined(first_of_each(list_transform(clean_list(records.production_countries), lambda country: upper(country)))) AS countries,
  joined(first_of_each(clean_list(records.production_companies))) AS companies,
  joined(first_of_each(list_transform(clean_list(records.spoken_languages), lambda language: lower(language)))) AS spokenLanguages,
  nullif(regexp_extract(records.trailer_key, '^[A-Za-z0-9_-]{6,20}$'), '') AS trailerKey,
  joined(first_of_each(list_filter(clean_list(records.people), lambda person: regexp_matches(person, '^[A-Z]+:[0-9]+:.')))) AS people,
  coalesce(lower(trim(records.adult)) IN ('1', 'true'), false) AS isAdult,
  services.services,
  services.offers,
  nullif(regexp_extract(records.poster_path, '^\s*(/[A-Za-z0-9._-]+)\s*$', 1), '') AS posterPath,
  round(rating_stats.ratingAverage, 4) AS ratingAverage,
  coalesce(rating_stats.ratingCount, 0) AS ratingCount,
  coalesce($keepLiked AND rating_stats.likeCount > 0, false) AS isKept,
  number_up_to(records.popularity, 1e9) AS popularity,
  -- TMDb has the average 0.0 for a movie without votes.
  CASE WHEN number_up_to(records.vote_count, 1e9) > 0 THEN number_up_to(records.vote_average, 10) END AS voteAverage,
  number_up_to(records.vote_count, 1e9)::BIGINT AS voteCount,
  coalesce(origin = 'whole', false) AS hasRecord
FROM movielens
LEFT JOIN links USING (movieId)
LEFT JOIN records USING (movieId)
LEFT JOIN origins USING (movieId)
LEFT JOIN genres USING (movieId)
LEFT JOIN services USING (movieId)
LEFT JOIN rating_stats USING (movieId)
LEFT JOIN languages ON languages.name = lower(tidy(records.original_language));

CREATE TEMP TABLE judged AS
SELECT *,
  CASE
    WHEN title IS NULL THEN 'no title'
    WHEN isAdult AND NOT $adult THEN 'for adults only'
    WHEN NOT isKept AND $minYear > 0 AND year IS NULL THEN 'year unknown'
    WHEN NOT isKept AND year < $minYear THEN 'before ' || $minYear::INTEGER
    WHEN NOT isKept AND genres IS NULL THEN 'no genre'
    WHEN $requireOverview AND overview IS NULL THEN 'no overview'
    WHEN $requireTmdb AND NOT hasRecord THEN 'no TMDb record'
    WHEN ratingCount < $minRatings THEN 'fewer than ' || $minRatings::INTEGER || ' ratings'
  END AS droppedFor
FROM joined_movies;

CREATE TEMP TABLE merged AS
WITH kept AS (SELECT * FROM judged WHERE droppedFor IS NULL),
typical AS (SELECT round(median(knownRuntime))::INTEGER AS runtime FROM kept),
titled AS (
  SELECT *, list_transform(otherTitles, lambda other: folded(other)) AS foldedTitles FROM kept
)
SELECT
  movieId, imdbId, tmdbId, titled.title,
  joined(list_transform(
    list_filter(otherTitles, lambda other, index:
      other IS NOT NULL AND length(other) > 1 AND folded(other) <> folded(titled.title)
      AND list_position(foldedTitles, folded(other)) = index),
    lambda other: replace(other, '|', '/'))[:$maxTitles]) AS alternativeTitles,
  collection,
  titled.year, coalesce(knownRuntime, typical.runtime) AS runtime, (knownRuntime IS NULL)::INTEGER AS runtimeMissing,
  overview, titled.genres, keywords, directors, titled.cast, originalLanguage, certification, originalTitle, status, countries, companies,
  spokenLanguages, trailerKey, people, services, offers, posterPath,
  ratingAverage, ratingCount, popularity, voteAverage, voteCount
FROM titled CROSS JOIN typical;

COPY (FROM merged ORDER BY movieId) TO $out (FORMAT csv, HEADER, NULLSTR '', COMPRESSION none);
