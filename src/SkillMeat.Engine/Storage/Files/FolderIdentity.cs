using System.Globalization;
using SkillMeat.Errors;

namespace SkillMeat.Storage.Files;

/// <summary>Tells a folder that was renamed from a copy of it.</summary>
internal static class FolderIdentity
{
    /// <summary>Returns a text that a folder keeps when it is renamed or moved on its volume, and that no copy of it has. Null if the folder or its file system has none.</summary>
    public static string? Of(string folder)
    {
        try
        {
            return StorageGuard.Run("read", folder, () => OperatingSystem.IsWindows() ? Created(folder) : Posix.IdentityOf(folder));
        }
        catch (StorageException)
        {
            // Such a folder is recognized by nothing but its path.
            return null;
        }
    }

    private static string? Created(string folder) => Directory.Exists(folder) ? Directory.GetCreationTimeUtc(folder).Ticks.ToString("x", CultureInfo.InvariantCulture) : null;
}
