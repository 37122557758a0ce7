func compareGroups(in folders: Folders, as options: GroupOptions, console: Console) throws {}
