"""The subcommands, one module each; a module exposes its click command as `command`."""
