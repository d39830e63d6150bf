INSERT INTO raw_tmdb
SELECT whole_id(tmdb_id), imdb_id, title, original_language, release_date, runtime, genres, overview, keywords, director, cast_top,
  certification, popularity, vote_average, vote_count, poster_path,
  original_title, alternative_titles, collection, status,
  production_countries, production_companies, spoken_languages, trailer_key, people, adult, $source
FROM ((SELECT * EXCLUDE source FROM raw_tmdb WHERE false) UNION ALL BY NAME FROM loaded);
