"""What differs by language, and the forms of a text that the rest of the chatbot compares."""
