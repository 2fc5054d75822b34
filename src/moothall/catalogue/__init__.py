"""The catalogue: every definition under ``catalogue/``, read, checked and given as types of the domain."""

from moothall.catalogue.contents import Catalogue, Correction, SourceDefinition
from moothall.catalogue.load import load_catalogue

__all__ = ["Catalogue", "Correction", "SourceDefinition", "load_catalogue"]
