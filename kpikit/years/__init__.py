"""The simulated year: a KPI design goes in, a thousand years come out. The model's equations stand in README.md."""
