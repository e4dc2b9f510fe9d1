"""What the administrator decides.

Read once from a file, the environment and flags, checked, and kept as one frozen value.
"""
