"""A model's life: published, registered, judged, promoted, rolled back, replaced."""
