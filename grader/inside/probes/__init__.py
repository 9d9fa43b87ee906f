"""The probes of each lecture: what is measured of a student's modules. See `grader.inside.probe`."""
