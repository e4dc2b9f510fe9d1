"""Mail as bytes: composing what the service says and reading what people answer."""
