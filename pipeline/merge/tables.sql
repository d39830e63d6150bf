CREATE MACRO whole_id(id) AS CASE WHEN id BETWEEN 1 AND 2147483647 AND id = floor(id) THEN id::INTEGER END;
-- As regionCodeOf in src/engine/artifacts/region-code.ts.
CREATE MACRO region_code(code) AS CASE upper(trim(code)) WHEN 'UK' THEN 'GB' WHEN 'EL' THEN 'GR' ELSE upper(trim(code)) END;
-- The columns that merge uses. A missing optional column is NULL, other columns are ignored.
CREATE TABLE raw_movies (movieId INTEGER, title VARCHAR, genres VARCHAR);
CREATE TABLE raw_links (movieId INTEGER, imdbId VARCHAR, tmdbId VARCHAR);
CREATE TABLE raw_providers (movieId INTEGER, service VARCHAR, region VARCHAR);
CREATE TABLE raw_availability (
  tmdb_id INTEGER, region VARCHAR, kind VARCHAR, provider_id INTEGER, service VARCHAR, since VARCHAR, left_at VARCHAR
);
-- Movies that the owner has.
CREATE TABLE raw_mine (tmdb_id INTEGER, imdb_id VARCHAR);
CREATE TABLE raw_tmdb (
  tmdb_id INTEGER, imdb_id VARCHAR, title VARCHAR, original_language VARCHAR, release_date VARCHAR, runtime VARCHAR, genres VARCHAR,
  overview VARCHAR, keywords VARCHAR, director VARCHAR, cast_top VARCHAR, certification VARCHAR, popularity VARCHAR,
  vote_average VARCHAR, vote_count VARCHAR, poster_path VARCHAR, original_title VARCHAR, alternative_titles VARCHAR, collection VARCHAR, status VARCHAR,
  production_countries VARCHAR, production_companies VARCHAR, spoken_languages VARCHAR, trailer_key VARCHAR, people VARCHAR, adult VARCHAR,
  -- 0: of the first download, 1: fetched again since, 2: of a movie that the data set did not have.
  source INTEGER
);
-- likeCount is 0 where the file has statistics: they do not tell likes.
CREATE TABLE rating_stats (movieId INTEGER, ratingAverage DOUBLE, ratingCount BIGINT, likeCount BIGINT);
