"""Collars."""
def collar(appearance, t, basis, cloth, mid):
    return []
