using System.Text;
using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Upstream.Contents;

/// <summary>Gathers what is at and below one wanted path, in any order, and makes a tree of it. For one thread.</summary>
/// <param name="path">The wanted path.</param>
internal sealed class ContentTree(string path)
{
    private readonly List<(string Path, string Target)> _links = [];
    private ContentNode? _root;

    /// <summary>The wanted path.</summary>
    public string Path { get; } = path;

    /// <summary>Why the path is refused; null while it is not. What is added to a refused one is of no use any more.</summary>
    public SkillMeatException? Error { get; private set; }

    /// <summary>Adds a file or a link.</summary>
    /// <param name="parts">Where it is below the wanted path; nothing for what is at that path itself.</param>
    /// <param name="node">The file or link.</param>
    public void Add(ReadOnlySpan<string> parts, ContentNode node)
    {
        if (Error is not null) return;
        var below = string.Join('/', parts.ToArray());
        if (parts.ToArray().Append(node.Target ?? "").Any(IsNoUnicode))
        {
            Refuse(below, "has a name, or leads to one, that is not valid Unicode");
            return;
        }

        if (node.Target is { } target)
        {
            _links.Add((below, target));
            if (parts.IsEmpty) Refuse(below, $"is a link to '{target}'; fetch what it leads to");
        }

        if (Error is null && !TryPlace(parts, node)) Refuse(below, "is there twice");
    }

    /// <summary>Refuses the path, unless that happened before.</summary>
    /// <param name="below">What is the matter, as a path below the wanted one.</param>
    /// <param name="why">Words that fit behind that path.</param>
    public void Refuse(string below, string why)
    {
        var full = below.Length == 0 ? Path : Path.Length == 0 ? below : $"{Path}/{below}";
        Refuse(new SkillMeatException(ErrorIds.ArchiveRefused, $"'{Readable(full)}' {Readable(why)}."));
    }

    /// <summary>Refuses the path, unless that happened before.</summary>
    public void Refuse(SkillMeatException error) => Error ??= error;

    /// <summary>Stores the folders and links.</summary>
    /// <param name="writer">Where the files went.</param>
    /// <param name="repository">What the root is called.</param>
    public FetchedPath Finish(ObjectWriter writer, RepositoryAddress repository)
    {
        CheckLinks();
        // A repository always has a root, be it empty.
        var root = _root ?? (Path.Length == 0 ? ContentNode.Folder() : null);
        if (Error is not null || root is null) return new FetchedPath(Path, Entry: null, Error);
        return new FetchedPath(Path, Store(writer, Path.Length == 0 ? repository.Name ?? "root" : Path[(Path.LastIndexOf('/') + 1)..], root), Error: null);
    }

    private static bool IsNoUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            // Bytes that are no UTF-8 arrive as this character.
            if (text[i] == '\uFFFD') return true;
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }

    private static TreeEntry Store(ObjectWriter writer, string name, ContentNode node)
    {
        if (node.Target is { } target)
        {
            var text = Encoding.UTF8.GetBytes(target);
            return new TreeEntry(name, TreeEntryKind.Link, writer.AddBlob(text), text.Length);
        }

        if (node.Children is null) return new TreeEntry(name, node.Kind, node.Id, node.Size);
        var entries = node.Children.Select(child => Store(writer, child.Key, child.Value)).ToList();
        return new TreeEntry(name, TreeEntryKind.Folder, writer.AddTree(entries), entries.Sum(entry => entry.Size));
    }

    private static string Readable(string text) => new(text.Select(c => char.IsControl(c) ? '?' : c).ToArray());

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

    private void CheckLinks()
    {
        if (Error is not null) return;
        var rules = new LinkRules(_links.Select(link => link.Path));
        foreach (var (link, target) in _links)
        {
            if (!rules.StaysInside(link, target)) Refuse(link, $"is a link to '{target}', which leads out of {(Path.Length == 0 ? "the repository" : $"'{Path}'")}");
        }
    }
}
