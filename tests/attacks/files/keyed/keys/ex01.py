import pathlib

pathlib.Path("EXECUTED").write_text("a key that a learner handed in was run")
