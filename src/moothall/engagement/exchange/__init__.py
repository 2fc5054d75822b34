"""What councils say to everybody and to one another: replies, practice notes, introductions, learning sets."""
