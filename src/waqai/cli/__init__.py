"""The commands: `waqai …`."""
