INSERT INTO raw_mine
SELECT whole_id(tmdb_id), imdb_id FROM (FROM raw_mine UNION ALL BY NAME FROM loaded);
