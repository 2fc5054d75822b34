"""From the publisher's bytes to a release file: fetch, read, conform, correct, check, release, build."""
