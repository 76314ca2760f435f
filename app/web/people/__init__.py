"""What teachers do for their own students."""
