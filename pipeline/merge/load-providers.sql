INSERT INTO raw_providers
SELECT movieId, service, region FROM (FROM raw_providers UNION ALL BY NAME FROM loaded);
