"""Re-posing by identity alone: Arc2Face (Papantoniou et al. 2024, arXiv 2403.11641), as its authors published it."""
