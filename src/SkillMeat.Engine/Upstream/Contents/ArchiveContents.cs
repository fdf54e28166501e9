using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Storage.Archives;

namespace SkillMeat.Upstream.Contents;

/// <summary>Stores the wanted members of an archive, each of them once, even if several wanted paths contain it. Not thread-safe.</summary>
/// <param name="question">The wanted paths.</param>
/// <param name="writer">The writer of the store.</param>
internal sealed class ArchiveContents(ContentQuestion question, ObjectWriter writer)
{
    private readonly Dictionary<string, ContentTree> _trees = question.Paths.Distinct().ToDictionary(path => path, path => new ContentTree(path), StringComparer.Ordinal);

    // Needed for hard links, which refer to them.
    private readonly Dictionary<string, ContentNode> _files = new(StringComparer.Ordinal);

    /// <summary>Stores a member if it is wanted.</summary>
    /// <param name="member">The member, with its path in the repository.</param>
    /// <param name="content">The content of a file.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public void Add(ArchiveMember member, Stream content, CancellationToken cancellationToken)
    {
        // Folders are created for the files in them.
        if (member.Kind == ArchiveMemberKind.Folder) return;
        var parts = member.Path.Split('/');
        ContentNode? node = null;
        for (var length = 0; length <= parts.Length; length++)
        {
            if (!_trees.TryGetValue(string.Join('/', parts.AsSpan(0, length).ToArray()), out var tree) || tree.Error is not null || parts.Skip(length).Any(IgnoredNames.IsGit)) continue;
            if (member.Kind == ArchiveMemberKind.Link)
            {
                // The target may have passed in the archive already.
                var link = $"'{ContentTree.Readable(member.Path)}' of {question.Repository}";
                tree.Refuse(new UpstreamException(ErrorIds.UpstreamUnavailable, $"{link} is a link, which cannot be followed while the host limits git and its API; try again later, or set a token."));
                continue;
            }

            node ??= member.Problem is null ? ToNode(member, content, cancellationToken) : null;
            if (node is not null) tree.Add(parts.AsSpan(length), node);
            else tree.Refuse(string.Join('/', parts.Skip(length)), member.Problem ?? $"is a hard link to '{member.Target}', which is not fetched");
        }
    }

    /// <summary>Creates the trees of the stored members.</summary>
    /// <returns>The paths in the order of the question.</returns>
    public IReadOnlyList<FetchedPath> Finish()
    {
        var fetched = _trees.Values.ToDictionary(tree => tree.Path, tree => tree.Finish(writer, question.Repository), StringComparer.Ordinal);
        return question.Paths.Select(path => fetched[path]).ToList();
    }

    private ContentNode? ToNode(ArchiveMember member, Stream content, CancellationToken cancellationToken)
    {
        if (member.Kind == ArchiveMemberKind.HardLink) return _files.GetValueOrDefault(member.Target!);
        return _files[member.Path] = ContentNode.File(writer.AddBlob(content, member.Size, cancellationToken), member.Size, member.IsExecutable);
    }
}
