using Microsoft.Data.Sqlite;
using SkillMeat.Storage.Files;

namespace SkillMeat.Cache.Database;

/// <summary>
/// Makes a usable file of a damaged one. A copy is kept, and the database is emptied in its place: so it stays the same file for every process that has it open, which goes on with it. Only if that is impossible, the
/// file is renamed. Needs the lock of the file.
/// </summary>
/// <param name="file">The file.</param>
internal sealed class CacheRepair(CacheFile file)
{
    /// <summary>Repairs the file.</summary>
    /// <param name="now">The current time, which becomes part of the name of the copy.</param>
    /// <param name="copy">The path of the copy, or null if the file must not or cannot be replaced.</param>
    /// <returns>The reason that the file cannot be used, or <see cref="CacheTrouble.None"/>.</returns>
    public CacheTrouble Run(DateTimeOffset now, out string? copy)
    {
        copy = null;
        if (!file.MayBeReplaced()) return CacheTrouble.Damaged;
        var aside = new AsideFiles(file.Path);
        var name = aside.NameAt(now);
        try
        {
            if (!TryCopy(name) || !TryReset(out var isInUse))
            {
                Remove(name);
                File.Move(file.Path, name);
                file.DeleteCompanions();
            }
            else if (isInUse)
            {
                Remove(name);
                return CacheTrouble.Locked;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has it open on Windows, for example.
            return CacheTrouble.Damaged;
        }

        copy = name;
        aside.Prune(now);
        return CacheTrouble.None;
    }

    // False on a full disk, for example. Renaming needs no space.
    private bool TryCopy(string name)
    {
        try
        {
            using var copy = new FileStream(name, CacheFile.PrivateOptions());
            var source = RegularFile.OpenRead(file.Path, LinkUse.Refuse);
            try
            {
                source.CopyTo(copy);
            }
            finally
            {
                // On Unix, closing any handle of a file takes away the locks that SQLite has on it in this process. So this one stays open, which costs one handle for each damaged file.
                if (OperatingSystem.IsWindows()) source.Dispose();
                else source.SafeFileHandle.SetHandleAsInvalid();
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // False if SQLite cannot do it.
    private bool TryReset(out bool isInUse)
    {
        isInUse = false;
        var canBeRead = true;
        try
        {
            using var connection = file.OpenDamaged();
            canBeRead = connection.CanReadHeader();
            connection.Reset(isPatient: canBeRead);
            return true;
        }
        catch (SqliteException e)
        {
            // Without a header, SQLite does not know about the journal, by which others read and write, and so they are in the way for as long as they have the file open.
            isInUse = canBeRead && CacheTroubles.Of(e) == CacheTrouble.Locked;
            return isInUse;
        }
        catch (Errors.StorageException)
        {
            return false;
        }
    }

    private static void Remove(string name)
    {
        if (File.Exists(name)) File.Delete(name);
    }
}
