"""Emergency and harm, told from the words alone: no index, no model, so that they work when nothing else does."""
