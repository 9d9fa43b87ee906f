"""The checks as ordinary pytest tests, for `pytest` in a course folder and for the testing panels of editors.

`items` is all that pytest imports: it judges nothing, and imports no module of the student's. `telling` runs in a
process of the kit's own, and what that says is shown.
"""
