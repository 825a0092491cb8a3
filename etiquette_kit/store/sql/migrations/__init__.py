"""What brings a store from one version of the schema to the next: each step as it was when it was written."""
