"""What programs are told of the desk: the shapes of its answers, and its interface as OpenAPI."""
