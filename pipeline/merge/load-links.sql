INSERT INTO raw_links
SELECT whole_id(movieId), imdbId, tmdbId FROM (FROM raw_links UNION ALL BY NAME FROM loaded);
