"""Text ↔ domain objects: the case, quiz and syllabus formats and the library of files."""
