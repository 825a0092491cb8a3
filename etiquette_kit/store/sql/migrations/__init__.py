"""Migrations from one version of the schema to the next; a migration is never changed later."""
