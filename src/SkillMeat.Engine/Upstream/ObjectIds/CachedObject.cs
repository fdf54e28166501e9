using SkillMeat.Upstream.Git;

namespace SkillMeat.Upstream.ObjectIds;

/// <summary>A cached answer about a path of a commit. There are tens of thousands of them, so it holds no texts.</summary>
internal readonly struct CachedObject
{
    private const string Tree = "tree";
    private const string Blob = "blob";
    private const string Absent = "absent";

    private readonly GitOid? _id;
    private readonly bool _isFolder;

    private CachedObject(GitOid commit, GitOid? id, bool isFolder)
    {
        Commit = commit;
        _id = id;
        _isFolder = isFolder;
    }

    /// <summary>The commit.</summary>
    public GitOid Commit { get; }

    /// <summary>The object; null if the commit has nothing at the path.</summary>
    public KnownObject? Object => _id is { } id ? new KnownObject(id.ToString(), _isFolder) : null;

    /// <summary>Creates an answer.</summary>
    /// <exception cref="FormatException">The commit or the id has not 40 hex digits.</exception>
    public static CachedObject Of(string commit, KnownObject? found) =>
        new(GitOid.Parse(commit), found is { } known ? GitOid.Parse(known.Id) : null, found is { IsFolder: true });

    /// <summary>Parses the form of the file: <c>tree ID</c> or <c>blob ID</c>, as git prints them, or <c>absent</c>.</summary>
    /// <exception cref="FormatException">The texts have another form.</exception>
    public static CachedObject Parse(string commit, string? text)
    {
        if (GitOid.TryParse(commit, out var at))
        {
            if (text == Absent) return new CachedObject(at, id: null, isFolder: false);
            if (text?.Split(' ') is [(Tree or Blob) and var kind, var hex] && GitOid.TryParse(hex, out var id)) return new CachedObject(at, id, kind == Tree);
        }

        throw new FormatException($"'{commit}' is not a commit with a tree or blob id");
    }

    /// <summary>Returns the form of the file.</summary>
    public override string ToString() => _id is { } id ? $"{(_isFolder ? Tree : Blob)} {id}" : Absent;
}
