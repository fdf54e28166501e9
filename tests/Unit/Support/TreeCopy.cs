namespace SkillMeat.Tests.Support;

/// <summary>Copies a folder with everything in it: empty folders, links as links, permissions.</summary>
internal static class TreeCopy
{
    public static void Make(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var item in new DirectoryInfo(from).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
        {
            var target = Path.Combine(to, item.Name);
            if (item.LinkTarget is { } leadsTo) File.CreateSymbolicLink(target, leadsTo);
            else if (item is DirectoryInfo) Make(item.FullName, target);
            else File.Copy(item.FullName, target);
        }

        // Last, because no file can be created in a read-only folder.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(to, File.GetUnixFileMode(from));
    }

    /// <summary>Deletes a folder, even with read-only folders in it.</summary>
    public static void Delete(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            foreach (var inner in new DirectoryInfo(folder).EnumerateDirectories("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
            {
                inner.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            }
        }

        Directory.Delete(folder, recursive: true);
    }
}
