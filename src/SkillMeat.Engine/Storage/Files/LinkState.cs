using System.Text;

namespace SkillMeat.Storage.Files;

/// <summary>Reads the state of a symbolic link, which is its target. The target itself is not examined.</summary>
internal static class LinkState
{
    /// <summary>Returns a hash of the link's target, or null if the path is not a link.</summary>
    public static string? Read(string path) => new FileInfo(path).LinkTarget is { } target ? FileState.Hash(Encoding.UTF8.GetBytes($"link\0{target}")) : null;
}
