"""The nouns: frozen typed models, the protocols between rooms, and the error tree. Imports nothing of ours."""
