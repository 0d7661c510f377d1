"""The service: what is done again and again, on one machine or shared by several hosts."""
