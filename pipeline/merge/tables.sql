CREATE MACRO whole_id(id) AS CASE WHEN id BETWEEN 1 AND 2147483647 AND id = floor(id) THEN id::INTEGER END;
-- The columns that merge uses. A missing optional column is NULL, other columns are ignored.
CREATE TABLE raw_movies (movieId INTEGER, title VARCHAR, genres VARCHAR);
CREATE TABLE raw_links (movieId INTEGER, imdbId VARCHAR, tmdbId VARCHAR);
CREATE TABLE raw_providers (movieId INTEGER, service VARCHAR, region VARCHAR);
CREATE TABLE raw_tmdb (
  tmdb_id INTEGER, imdb_id VARCHAR, title VARCHAR, original_language VARCHAR, release_date VARCHAR, runtime VARCHAR, genres VARCHAR,
  overview VARCHAR, keywords VARCHAR, director VARCHAR, cast_top VARCHAR, certification VARCHAR, popularity VARCHAR,
  vote_average VARCHAR, vote_count VARCHAR, poster_path VARCHAR, original_title VARCHAR, alternative_titles VARCHAR, collection VARCHAR
);
CREATE TABLE rating_stats (movieId INTEGER, ratingAverage DOUBLE, ratingCount BIGINT);
