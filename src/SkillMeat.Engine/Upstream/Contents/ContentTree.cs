using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Upstream.Contents;

/// <summary>Collects the files at and below a wanted path, in any order, and builds a tree from them. Not thread-safe.</summary>
/// <param name="path">The wanted path.</param>
internal sealed class ContentTree(string path)
{
    private ContentNode? _root;

    /// <summary>The wanted path.</summary>
    public string Path { get; } = path;

    /// <summary>The reason that the path is refused; null if it is not. Nodes that are added afterwards are ignored.</summary>
    public SkillMeatException? Error { get; private set; }

    /// <summary>Adds a file.</summary>
    /// <param name="parts">The path below the wanted path; empty for the wanted path itself.</param>
    /// <param name="node">The file.</param>
    public void Add(ReadOnlySpan<string> parts, ContentNode node)
    {
        if (Error is not null) return;
        var below = string.Join('/', parts.ToArray());
        if (Array.Exists(parts.ToArray(), IsNoUnicode))
        {
            Refuse(below, "has a name that is not valid Unicode");
            return;
        }

        if (!TryPlace(parts, node)) Refuse(below, "occurs twice");
    }

    /// <summary>Refuses the path, unless it has been refused before.</summary>
    /// <param name="below">The offending path, below the wanted one.</param>
    /// <param name="why">The reason, in a form that follows the path.</param>
    public void Refuse(string below, string why)
    {
        var full = below.Length == 0 ? Path : Path.Length == 0 ? below : $"{Path}/{below}";
        Refuse(new SkillMeatException(ErrorIds.ArchiveRefused, $"'{Readable(full)}' {Readable(why)}."));
    }

    /// <summary>Refuses the path, unless it has been refused before.</summary>
    public void Refuse(SkillMeatException error) => Error ??= error;

    /// <summary>Stores the folders.</summary>
    /// <param name="writer">The writer that stored the files.</param>
    /// <param name="repository">The repository, whose name becomes that of the root.</param>
    public FetchedPath Finish(ObjectWriter writer, RepositoryAddress repository)
    {
        // The root of a repository always exists, even if it is empty.
        var root = _root ?? (Path.Length == 0 ? ContentNode.Folder() : null);
        if (Error is not null || root is null) return new FetchedPath(Path, Entry: null, Error);
        return new FetchedPath(Path, Store(writer, Path.Length == 0 ? repository.Name ?? "root" : Path[(Path.LastIndexOf('/') + 1)..], root), Error: null);
    }

    private static bool IsNoUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            // Invalid UTF-8 is decoded to this character.
            if (text[i] == '\uFFFD') return true;
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }

    private static TreeEntry Store(ObjectWriter writer, string name, ContentNode node)
    {
        if (node.Children is null) return new TreeEntry(name, node.Kind, node.Id, node.Size);
        var entries = node.Children.Select(child => Store(writer, child.Key, child.Value)).ToList();
        return new TreeEntry(name, TreeEntryKind.Folder, writer.AddTree(entries), entries.Sum(entry => entry.Size));
    }

    /// <summary>Returns a text for a message, without control characters.</summary>
    public static string Readable(string text) => new(text.Select(c => char.IsControl(c) ? '?' : c).ToArray());

    private bool TryPlace(ReadOnlySpan<string> parts, ContentNode node)
    {
        if (parts.IsEmpty)
        {
            if (_root is not null) return false;
            _root = node;
            return true;
        }

        _root ??= ContentNode.Folder();
        var folder = _root.Children;
        foreach (var part in parts[..^1])
        {
            if (folder is null) return false;
            if (!folder.TryGetValue(part, out var child)) folder[part] = child = ContentNode.Folder();
            folder = child.Children;
        }

        return folder is not null && folder.TryAdd(parts[^1], node);
    }
}
