"""What an instructor does: a class of submissions in, marks and reports out."""
