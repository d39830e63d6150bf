INSERT INTO rating_stats
SELECT TRY_CAST(movieId AS INTEGER), arg_max(mean, "count"), max("count")
FROM read_parquet($path)
WHERE TRY_CAST(movieId AS INTEGER) IS NOT NULL AND "count" > 0 AND mean IS NOT NULL
GROUP BY 1;
