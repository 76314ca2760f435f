"""Courses: the syllabus with its module tracker."""
