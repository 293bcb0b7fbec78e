"""What runs in child processes: one module for each kind of file, behind the doors that `main` shuts.

The folder is a package of its own for the child, which imports nothing else of waqai; so imports in here are relative, or of libraries.
"""
