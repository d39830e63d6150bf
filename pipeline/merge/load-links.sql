INSERT INTO raw_links
SELECT movieId, imdbId, tmdbId FROM (FROM raw_links UNION ALL BY NAME FROM loaded);
