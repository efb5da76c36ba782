"""Other sites' pages that hold the widget: fetched within bounds, read, and checked for what is missing."""
