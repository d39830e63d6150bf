INSERT INTO raw_movies
SELECT whole_id(movieId), title, genres FROM (FROM raw_movies UNION ALL BY NAME FROM loaded);
