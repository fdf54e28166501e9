using System.Security.Cryptography;
using System.Text;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Database;

/// <summary>The place of a home's cache.</summary>
/// <param name="Home">The full path of the home.</param>
/// <param name="File">The full path of the database, or null if the user wants none.</param>
/// <param name="IsOwn">Whether it is in the home's own cache folder. A file that the user names may be something else, so it is never renamed or deleted.</param>
internal sealed record CacheLocation(string Home, string? File, bool IsOwn)
{
    /// <summary>The environment variable that moves the cache to another file or folder, or switches it off.</summary>
    public const string EnvironmentVariable = "SKILLMEAT_CACHE";

    /// <summary>The value of the variable for no cache.</summary>
    public const string Off = "off";

    /// <summary>The name of the database. Python SkillMeat's is <c>cache.db</c>.</summary>
    public const string FileName = "skillmeat-engine.db";

    /// <summary>Finds the place: the environment's, else the cache folder of the home.</summary>
    /// <param name="layout">The home.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static CacheLocation Find(HomeLayout layout, Func<string, string?> environment)
    {
        var named = environment(EnvironmentVariable);
        if (string.IsNullOrWhiteSpace(named)) return new CacheLocation(layout.Home, Path.Combine(layout.CacheFolder, FileName), IsOwn: true);
        if (named.Trim().Equals(Off, StringComparison.OrdinalIgnoreCase)) return new CacheLocation(layout.Home, File: null, IsOwn: false);
        var full = Path.GetFullPath(named);
        var isFolder = Path.EndsInDirectorySeparator(full) || Directory.Exists(full);
        return new CacheLocation(layout.Home, isFolder ? Path.Combine(full, NameIn(layout.Home)) : full, IsOwn: false);
    }

    /// <summary>Returns the place for a program that is older than the file of this one. It leaves that file alone.</summary>
    /// <param name="version">The version of the schema of the older program.</param>
    public CacheLocation Beside(int version) => this with { File = Path.ChangeExtension(File, null) + $"-{version}.db" };

    // Several homes can share the folder.
    private static string NameIn(string home)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(OperatingSystem.IsLinux() ? home : home.ToUpperInvariant()));
        return $"skillmeat-engine-{Convert.ToHexString(hash.AsSpan(0, 4)).ToLowerInvariant()}.db";
    }
}
