"""Review of claims in Label Studio: tasks out, decisions back."""
