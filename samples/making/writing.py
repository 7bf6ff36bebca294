"""How the files of a sample round are written."""


def write_round(folder, files, emptied):
    """Writes files, by path below the folder, after the folders in `emptied` were emptied."""
    for name in emptied:
        for stale in sorted((folder / name).glob("*")):
            stale.unlink()
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    print(f"{len(files)} files in {folder.name}")
