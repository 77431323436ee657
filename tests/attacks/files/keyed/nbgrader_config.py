import pathlib

pathlib.Path("EXECUTED").write_text("a configuration that a learner handed in was run")
