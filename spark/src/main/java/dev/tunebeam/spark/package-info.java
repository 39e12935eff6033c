/**
 * How a job runs on Spark. Knows Beam and Spark, and nothing of tunebeam; without this module there
 * is no Spark.
 */
package dev.tunebeam.spark;
