
namespace SkillMeat.Upstream;

/// <summary>A file or folder in a repository.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="ObjectId">Its tree or blob id; for a folder upstream, its content hash.</param>
internal readonly record struct TreeItem(string Path, bool IsFolder, string ObjectId)
{
    /// <summary>Whether it is a link.</summary>
    public bool IsLink { get; init; }

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
