"""What the chatbot keeps of use: counts a day, and redacted questions that its files did not answer."""
