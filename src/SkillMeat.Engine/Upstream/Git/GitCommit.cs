namespace SkillMeat.Upstream.Git;

/// <summary>A commit, reduced to its tree and parents.</summary>
internal sealed record GitCommit(GitOid Tree, IReadOnlyList<GitOid> Parents)
{
    /// <summary>Parses a commit object, which begins with the header <c>tree</c> and any number of <c>parent</c> headers.</summary>
    /// <exception cref="GitProtocolException">The bytes are not a commit.</exception>
    public static GitCommit Read(ReadOnlySpan<byte> content)
    {
        if (!TryTake(ref content, "tree "u8, out var tree)) throw GitProtocolException.Corrupt("a commit without a tree");
        var parents = new List<GitOid>();
        while (TryTake(ref content, "parent "u8, out var parent)) parents.Add(parent);
        return new GitCommit(tree, parents);
    }

    /// <summary>Returns the object that a tag object refers to in its first header.</summary>
    /// <exception cref="GitProtocolException">The bytes are not a tag.</exception>
    public static GitOid ReadTagTarget(ReadOnlySpan<byte> content) =>
        TryTake(ref content, "object "u8, out var target) ? target : throw GitProtocolException.Corrupt("a tag without an object");

    private static bool TryTake(ref ReadOnlySpan<byte> content, ReadOnlySpan<byte> key, out GitOid oid)
    {
        oid = default;
        var length = key.Length + GitOid.HexLength;
        if (!content.StartsWith(key) || content.Length <= length || content[length] != '\n') return false;
        if (!GitOid.TryParse(content[key.Length..length], out oid)) return false;
        content = content[(length + 1)..];
        return true;
    }
}
