"""The spaCy pipeline: segmentation, the model, our components."""
