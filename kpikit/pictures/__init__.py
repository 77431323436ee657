"""Every picture of the course: one function computes, another draws; `canvas` is what they share."""
