"""The pages of one campaign, from its facts to its report."""
