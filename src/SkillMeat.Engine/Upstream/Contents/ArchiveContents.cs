using SkillMeat.Objects;
using SkillMeat.Storage.Archives;

namespace SkillMeat.Upstream.Contents;

/// <summary>Stores those members of an archive that are wanted, each once, whatever number of wanted paths it belongs to. For one thread.</summary>
/// <param name="question">What is wanted.</param>
/// <param name="writer">Where it goes.</param>
internal sealed class ArchiveContents(ContentQuestion question, ObjectWriter writer)
{
    private readonly Dictionary<string, ContentTree> _trees = question.Paths.Distinct().ToDictionary(path => path, path => new ContentTree(path), StringComparer.Ordinal);

    // For second names of them.
    private readonly Dictionary<string, ContentNode> _files = new(StringComparer.Ordinal);

    /// <summary>Looks at a member, and stores it if it is wanted.</summary>
    /// <param name="member">The member, with its path in the repository.</param>
    /// <param name="content">The bytes of a file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public void Add(ArchiveMember member, Stream content, CancellationToken cancellationToken)
    {
        // Folders are there because of what is in them.
        if (member.Kind == ArchiveMemberKind.Folder) return;
        var parts = member.Path.Split('/');
        ContentNode? node = null;
        for (var length = 0; length <= parts.Length; length++)
        {
            if (!_trees.TryGetValue(string.Join('/', parts.AsSpan(0, length).ToArray()), out var tree) || tree.Error is not null || parts.Skip(length).Any(IgnoredNames.Contains)) continue;
            node ??= member.Problem is null ? ToNode(member, content, cancellationToken) : null;
            if (node is not null) tree.Add(parts.AsSpan(length), node);
            else tree.Refuse(string.Join('/', parts.Skip(length)), member.Problem ?? $"is a second name of '{member.Target}', which is not fetched");
        }
    }

    /// <summary>Makes trees of what was stored.</summary>
    /// <returns>The paths in the question's order.</returns>
    public IReadOnlyList<FetchedPath> Finish()
    {
        var fetched = _trees.Values.ToDictionary(tree => tree.Path, tree => tree.Finish(writer, question.Repository), StringComparer.Ordinal);
        return question.Paths.Select(path => fetched[path]).ToList();
    }

    private ContentNode? ToNode(ArchiveMember member, Stream content, CancellationToken cancellationToken)
    {
        if (member.Kind == ArchiveMemberKind.Link) return ContentNode.Link(member.Target!);
        if (member.Kind == ArchiveMemberKind.HardLink) return _files.GetValueOrDefault(member.Target!);
        return _files[member.Path] = ContentNode.File(writer.AddBlob(content, member.Size, cancellationToken), member.Size, member.IsExecutable);
    }
}
