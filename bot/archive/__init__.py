"""The archive: facts for reports, in SQL. Why so: docs/adr/0010-archive.md.

`schema`, `database`, `writing` and `reading` load SQLAlchemy; the running program does not: it has
a process of its own write (`writer`, `apart`).
"""
