"""What a group is shown of its stored answers, and what each person is shown of her own."""
