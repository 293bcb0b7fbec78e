"""The tables, the types of their columns, the engines that hold them (SQLite, PostgreSQL), and the migrations that bring older ones up to date."""
