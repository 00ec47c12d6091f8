sig completion
