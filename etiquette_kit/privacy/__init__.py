"""What learners are promised: how long answers are kept, and how few people a figure may be about."""
