using System.Security.Cryptography;
using System.Text;
using SkillMeat.Merging;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Updates.Planning;

/// <summary>Tells whether a conflict is still the one that a person saw.</summary>
internal static class ConflictState
{
    /// <summary>Returns a text that stands for the contents of the three sides.</summary>
    /// <param name="conflict">The conflict, with the paths of the sides.</param>
    /// <param name="baseFiles">The files that were fetched; null if they are not known.</param>
    /// <param name="local">The files as they are now.</param>
    /// <param name="upstream">The files that upstream has now.</param>
    public static string Of(FileConflict conflict, ContentFiles? baseFiles, ContentFiles local, ContentFiles upstream)
    {
        var text = string.Join('\n', conflict.Kind, Describe(conflict.BasePath, baseFiles), Describe(conflict.LocalPath, local), Describe(conflict.UpstreamPath, upstream));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToLowerInvariant();
    }

    private static string Describe(string? path, ContentFiles? files) => path is not null && files?.Files.GetValueOrDefault(path) is { } entry ? $"{path} {entry.Kind} {entry.Id}" : $"{path} -";
}
