namespace SkillMeat.Upstream.Git;

/// <summary>How much to fetch.</summary>
/// <param name="WithoutBlobs">Leave out the content of files, but for blobs that are wanted by id. A server that can't sends them all the same.</param>
/// <param name="Depth">How many commits of history to fetch, from 1; null fetches all. A server that can't cut it sends all.</param>
internal sealed record GitFetchOptions(bool WithoutBlobs, int? Depth)
{
    /// <summary>
    /// Leave out trees too, but for those that are wanted by id, and with them all blobs that are not: what a commit is, without what is in it. A server that
    /// can't sends them all the same.
    /// </summary>
    public bool WithoutTrees { get; init; }

    /// <summary>The longest pack that is taken, in bytes.</summary>
    public long MaxPackBytes { get; init; } = 4L << 30;
}
