INSERT INTO raw_providers
SELECT whole_id(movieId), service, region_code(region) FROM (FROM raw_providers UNION ALL BY NAME FROM loaded);
