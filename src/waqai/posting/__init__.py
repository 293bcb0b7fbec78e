"""What waqai sends over the network: an address taken apart, looked up once and held against where it may lead (`address`), and one POST to it (`post`).

Both the reader that asks a language model and the webhooks of alerts go through here.
"""
