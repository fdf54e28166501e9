using System.Security.Cryptography;
using System.Text;

namespace SkillMeat.Objects.Trees;

/// <summary>The files of a stored artifact, by their paths in it.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ContentFiles
{
    /// <summary>The path of the only file of an artifact that is a single file, whatever its name.</summary>
    public const string OnlyFile = "file";

    private const int MaxLinks = 40;

    private readonly ObjectStore _store;
    private readonly Dictionary<string, TreeEntry> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TreeEntry> _folders = new(StringComparer.Ordinal);
    private readonly List<string> _inOrder = [];

    private ContentFiles(ObjectStore store, TreeEntry root)
    {
        _store = store;
        Root = root;
        if (root.Kind == TreeEntryKind.Folder) Collect(root.Id, "", depth: 0);
        else AddFile(OnlyFile, root);
    }

    public TreeEntry Root { get; }

    public bool IsFolder => Root.Kind == TreeEntryKind.Folder;

    /// <summary>The files and links, by their paths.</summary>
    public IReadOnlyDictionary<string, TreeEntry> Files => _files;

    /// <summary>The folders below the artifact's folder, by their paths.</summary>
    public IReadOnlyDictionary<string, TreeEntry> Folders => _folders;

    /// <exception cref="Errors.SkillMeatException">An object is missing or damaged.</exception>
    public static ContentFiles Of(ObjectStore store, TreeEntry root) => new(store, root);

    /// <summary>Computes the content hash of lock files, as <see cref="Storage.Files.ContentHash"/> does for files on the disk.</summary>
    public string ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in _inOrder)
        {
            if (Target(path) is not { } file) continue;
            if (IsFolder) hash.AppendData(Encoding.UTF8.GetBytes(path));
            using var content = _store.OpenBlob(file.Id);
            for (var piece = content.ReadPiece(); !piece.IsEmpty; piece = content.ReadPiece()) hash.AppendData(piece.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    private void Collect(ObjectId tree, string folder, int depth)
    {
        TreeLimits.Check(_store.Folder.Path, tree, depth, _inOrder.Count + _folders.Count);
        foreach (var entry in _store.ReadTree(tree))
        {
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (entry.Kind != TreeEntryKind.Folder)
            {
                AddFile(path, entry);
                continue;
            }

            _folders.Add(path, entry);
            Collect(entry.Id, path, depth + 1);
        }
    }

    // The entries of a folder are ordered by the bytes of their names, which is the order of the content hash.
    private void AddFile(string path, TreeEntry entry)
    {
        _files.Add(path, entry);
        _inOrder.Add(path);
    }

    /// <summary>Returns the file at a path, or the file that its link leads to. Null for a link to a folder or to nothing.</summary>
    private TreeEntry? Target(string path)
    {
        for (var links = 0; links <= MaxLinks; links++)
        {
            if (!_files.TryGetValue(path, out var entry)) return null;
            if (entry.Kind != TreeEntryKind.Link) return entry;
            if (Resolve(path, LinkText(entry)) is not { } next) return null;
            path = next;
        }

        return null;
    }

    private static string? Resolve(string link, string target)
    {
        if (target.StartsWith('/')) return null;
        var place = link.Split('/')[..^1].ToList();
        foreach (var part in target.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..") place.Add(part);
            else if (place.Count == 0) return null;
            else place.RemoveAt(place.Count - 1);
        }

        return string.Join('/', place);
    }

    private string LinkText(TreeEntry entry) => Encoding.UTF8.GetString(_store.ReadBlob(entry.Id, TreeLimits.LinkTarget));
}
