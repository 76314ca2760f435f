"""Teaching: offerings, the cohort matrix, records of students, path reports, class hours."""
