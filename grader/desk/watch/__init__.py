"""The watch: files are saved, what they change is checked, and the verdict stands on the screen until the next save."""
