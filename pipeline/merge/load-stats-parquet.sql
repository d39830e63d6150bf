INSERT INTO rating_stats
SELECT TRY_CAST(movieId AS INTEGER), arg_max(mean, "count"), max("count")
FROM read_parquet($path)
WHERE TRY_CAST(movieId AS INTEGER) IS NOT NULL AND "count" BETWEEN 1 AND 1000000000 AND mean BETWEEN 0.5 AND 5
GROUP BY 1;
