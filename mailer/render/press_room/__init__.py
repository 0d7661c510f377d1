"""What a compiled version shows in the press room: its text as a web page, without its reader."""
