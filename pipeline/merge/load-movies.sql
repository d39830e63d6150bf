INSERT INTO raw_movies
SELECT movieId, title, genres FROM (FROM raw_movies UNION ALL BY NAME FROM loaded);
