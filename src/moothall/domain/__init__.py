"""The frozen vocabulary of Moothall: plain, typed facts that import nothing of ours and do no input or output."""
