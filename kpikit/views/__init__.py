"""The pictures that answer, one a file, named as `kpikit.explore` knows them; each holds its ``VIEW``."""
