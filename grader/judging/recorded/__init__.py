"""What our solution and wrong copies of it gave to every question of the public checks, in the place of them.

A student kit has this and no solution. It is made by `grader release`, and holds plain data: reading it runs nothing.
"""
