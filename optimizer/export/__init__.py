"""What a run folder is written as: ``formats``, one file each, and the parts they share."""
