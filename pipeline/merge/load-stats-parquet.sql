INSERT INTO rating_stats
SELECT whole_id(TRY_CAST(movieId AS DOUBLE)), arg_max(mean, "count"), max("count"), 0
FROM read_parquet($path)
WHERE whole_id(TRY_CAST(movieId AS DOUBLE)) IS NOT NULL AND "count" BETWEEN 1 AND 1000000000 AND mean BETWEEN 0.5 AND 5
GROUP BY 1;
