"""A course kit that grades itself, for Andrej Karpathy's lectures Neural Networks: Zero to Hero."""

__version__ = "0.1.0"
