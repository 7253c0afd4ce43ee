"""Off the Pedestal: records and prose in, checked Markdown pages out."""
