using System.Text;

namespace SkillMeat.Storage.Files;

/// <summary>What a symbolic link holds: where it leads. What is there is not looked at.</summary>
internal static class LinkState
{
    /// <summary>A hash of where the link leads; null for what is no link.</summary>
    public static string? Read(string path) => new FileInfo(path).LinkTarget is { } target ? FileState.Hash(Encoding.UTF8.GetBytes($"link\0{target}")) : null;
}
