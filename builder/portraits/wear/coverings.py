"""Coverings."""
def covering(appearance, t, basis, mid, head, hair, cloth):
    return [], hair
