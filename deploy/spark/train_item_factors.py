"""Trains item factors with Spark MLlib on ratings that do not fit on one machine, for `npm run pipeline -- train --factors`.

    spark-submit --master yarn --executor-memory 8g deploy/spark/train_item_factors.py \
        --ratings s3a://films/ratings/ --out s3a://films/item-factors --leave-out 1000

The ratings have the columns userId, movieId and rating, as CSV with a header or as Parquet. `--leave-out` keeps the ratings of some
people away from Spark and writes them beside the factors: the pipeline learns the blend on people whom the factors do not know.
"""
import argparse
import json


def parse_arguments(arguments=None):
    parser = argparse.ArgumentParser(description="item factors by implicit ALS")
    parser.add_argument("--ratings", required=True, help="CSV or Parquet with userId, movieId, rating")
    parser.add_argument("--out", required=True, help="folder for the factors (Parquet)")
    parser.add_argument("--held-out", help="folder for the ratings of the people left out (default OUT-held-out)")
    parser.add_argument("--leave-out", type=int, default=1000, help="number of people left out")
    parser.add_argument("--like", type=float, default=4.0, help="the lowest rating that is a like")
    parser.add_argument("--rank", type=int, default=64, help="length of a vector, at most 512")
    parser.add_argument("--alpha", type=float, default=3.0)
    parser.add_argument("--regularization", type=float, default=0.02)
    parser.add_argument("--iterations", type=int, default=8)
    parser.add_argument("--seed", type=int, default=42)
    options = parser.parse_args(arguments)
    if not 1 <= options.rank <= 512:
        parser.error("--rank is from 1 to 512")
    if options.held_out is None:
        options.held_out = options.out.rstrip("/") + "-held-out"
    return options


def main():
    options = parse_arguments()
    # Imported here: the arguments can be checked without Spark.
    from pyspark.ml.recommendation import ALS
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import col, lit, xxhash64

    spark = SparkSession.builder.appName("cinematch item factors").getOrCreate()
    if options.ratings.rstrip("/").endswith(".csv") or options.ratings.endswith(".csv.gz"):
        ratings = spark.read.csv(options.ratings, header=True, inferSchema=True)
    else:
        ratings = spark.read.parquet(options.ratings)
    ratings = ratings.select(col("userId").cast("int"), col("movieId").cast("int"), col("rating").cast("float"))

    # The same people in every run: ordered by a hash of their id and the seed.
    people = ratings.select("userId").distinct()
    left_out = people.orderBy(xxhash64("userId", lit(options.seed))).limit(options.leave_out)
    ratings.join(left_out, "userId").coalesce(1).write.mode("overwrite").parquet(options.held_out)

    likes = ratings.join(left_out, "userId", "left_anti").where(col("rating") >= options.like)
    # 1 as the rating of each like: its weight is then 1 + alpha for all, as the fold-in of the server expects.
    likes = likes.select("userId", "movieId", lit(1.0).cast("float").alias("rating"))
    als = ALS(
        userCol="userId",
        itemCol="movieId",
        ratingCol="rating",
        implicitPrefs=True,
        rank=options.rank,
        alpha=options.alpha,
        regParam=options.regularization,
        maxIter=options.iterations,
        seed=options.seed,
    )
    factors = als.fit(likes).itemFactors
    factors.write.mode("overwrite").parquet(options.out)
    print(
        json.dumps(
            {
                "items": factors.count(),
                "next": f"npm run pipeline -- train --ratings {options.held_out}/part-*.parquet --factors {options.out}"
                f" --factors-alpha {options.alpha} --factors-regularization {options.regularization}"
                " --catalog artifacts/movies_merged.csv --artifacts artifacts",
            }
        )
    )
    spark.stop()


if __name__ == "__main__":
    main()
