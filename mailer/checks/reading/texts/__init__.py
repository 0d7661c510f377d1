"""Find the parts of a text: passages, sentences, links, headlines, press blocks."""
